export const esHands = {
  hands: {
    kept: 'En espera de conexión: {count, number}. Cada registro se envía una sola vez.',
    wantPin: 'En espera de un PIN: {count, number}. Inicia sesión para enviarlos.',
    notEntered: 'No registrado: {text} ({time}). {why}',
  },
}
