export const signIn = {
  title: '登录',
  username: '用户名',
  password: '密码',
  submit: '登录',
  ended: '登录已失效，请重新登录。',
  lead: '呼叫中心',
} as const;
