export const frHands = {
  hands: {
    kept: 'En attente de connexion : {count, number}. Chaque saisie est envoyée une seule fois.',
    wantPin: 'En attente d’un code PIN : {count, number}. Identifiez-vous pour les envoyer.',
    notEntered: 'Pas saisi : {text} ({time}). {why}',
  },
}
