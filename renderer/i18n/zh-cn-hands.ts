export const zhCnHands = {
  hands: {
    kept: '等待连接：{count, number}。每条只发送一次。',
    wantPin: '等待 PIN：{count, number}。登录后发送。',
    notEntered: '未录入：{text}（{time}）。{why}',
  },
}
