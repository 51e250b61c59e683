export const ptBrHands = {
  hands: {
    kept: 'Aguardando conexão: {count, number}. Cada registro é enviado uma só vez.',
    wantPin: 'Aguardando um PIN: {count, number}. Identifique-se para enviá-los.',
    notEntered: 'Não registrado: {text} ({time}). {why}',
  },
}
