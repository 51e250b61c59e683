/** What people enter at the touch screen, beyond calls, scrap, stops and changeovers. */
export const enHands = {
  hands: {
    kept: 'Waiting for the connection: {count, number}. Each is sent once.',
    wantPin: 'Waiting for a PIN: {count, number}. Sign in to send them.',
    notEntered: 'Not entered: {text} ({time}). {why}',
  },
} as const
