export const plHands = {
  hands: {
    kept: 'Czekają na połączenie: {count, number}. Każdy wpis zostanie wysłany raz.',
    wantPin: 'Czekają na PIN: {count, number}. Zaloguj się, aby je wysłać.',
    notEntered: 'Nie wpisano: {text} ({time}). {why}',
  },
}
