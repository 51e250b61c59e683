export const deHands = {
  hands: {
    kept: 'Warten auf die Verbindung: {count, number}. Jeder Eintrag wird einmal gesendet.',
    wantPin: 'Warten auf eine PIN: {count, number}. Zum Senden bitte anmelden.',
    notEntered: 'Nicht eingetragen: {text} ({time}). {why}',
  },
}
