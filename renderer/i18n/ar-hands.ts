export const arHands = {
  hands: {
    kept: 'في انتظار الاتصال: {count, number}. يُرسل كل إدخال مرة واحدة.',
    wantPin: 'في انتظار رمز PIN: {count, number}. سجّل الدخول لإرسالها.',
    notEntered: 'لم يُدخل: {text} ({time}). {why}',
  },
}
