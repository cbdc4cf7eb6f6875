/** The words on the pages. `fr` stands for every language that an approver has no words for. */
export interface Texts {
  readonly signIn: string;
  readonly usePasskey: string;
  readonly signInFailed: string;
  readonly requested: string;
  readonly compare: string;
  readonly enterCode: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly consent: string;
  readonly consentScope: string;
  readonly allow: string;
  readonly deny: string;
  readonly approved: string;
  readonly approvedMore: string;
  readonly denied: string;
  readonly invalidCode: string;
  readonly welcome: string;
  readonly accounts: string;
}

const en: Texts = {
  signIn: 'Sign in',
  usePasskey: 'Sign in with a passkey',
  signInFailed: 'That did not work. Please try again.',
  requested: 'Authorization requested',
  compare: 'A program on a computer asks to act for you. Go on only if it shows this same code:',
  enterCode: 'Enter the code that the program shows.',
  confirm: 'Confirm and continue',
  cancel: 'Cancel',
  consent: 'Allow {client} to access your data?',
  consentScope: 'It will be able to see your accounts and to use the roles that you have in them.',
  allow: 'Allow access',
  deny: 'Deny access',
  approved: 'Request approved',
  approvedMore: '{client} can access your data now. You may close this window.',
  denied: 'The request was denied. You may close this window.',
  invalidCode: 'Invalid code. Please try again',
  welcome: 'Welcome, {user}',
  accounts: 'You have access to {count} accounts.',
};

const ja: Texts = {
  signIn: 'サインイン',
  usePasskey: 'パスキーでサインイン',
  signInFailed: 'サインインできませんでした。もう一度お試しください。',
  requested: '認可がリクエストされました',
  compare: 'プログラムに表示されているコードと同じ場合にのみ続行してください。',
  enterCode: 'プログラムに表示されているコードを入力してください。',
  confirm: '確認して続行',
  cancel: 'キャンセル',
  consent: '{client} にデータへのアクセスを許可しますか?',
  consentScope: 'アカウントの一覧とロールの使用が許可されます。',
  allow: 'アクセスを許可',
  deny: 'アクセスを拒否',
  approved: 'リクエストが承認されました',
  approvedMore: '{client} はデータにアクセスできます。このウィンドウを閉じてください。',
  denied: 'リクエストは拒否されました。',
  invalidCode: '無効なコードです。もう一度お試しください',
  welcome: 'ようこそ、{user}',
  accounts: '{count} 個のアカウントにアクセスできます。',
};

const zh: Texts = {
  signIn: '登录',
  usePasskey: '使用通行密钥登录',
  signInFailed: '登录失败，请重试。',
  requested: '已请求授权',
  compare: '仅当程序显示的代码与下面相同时才继续：',
  enterCode: '请输入程序显示的代码。',
  confirm: '确认并继续',
  cancel: '取消',
  consent: '允许 {client} 访问您的数据？',
  consentScope: '它将能够查看您的账户并使用您的角色。',
  allow: '允许访问',
  deny: '拒绝访问',
  approved: '请求已批准',
  approvedMore: '{client} 现在可以访问您的数据。您可以关闭此窗口。',
  denied: '请求已被拒绝。',
  invalidCode: '代码无效，请重试',
  welcome: '欢迎，{user}',
  accounts: '您可以访问 {count} 个账户。',
};

const fr: Texts = {
  signIn: 'Connexion',
  usePasskey: 'Se connecter avec une clé d’accès',
  signInFailed: 'La connexion a échoué. Veuillez réessayer.',
  requested: 'Autorisation demandée',
  compare: 'Continuez seulement si le programme affiche ce même code :',
  enterCode: 'Saisissez le code affiché par le programme.',
  confirm: 'Confirmer et continuer',
  cancel: 'Annuler',
  consent: 'Autoriser {client} à accéder à vos données ?',
  consentScope: 'Le programme pourra voir vos comptes et utiliser vos rôles.',
  allow: 'Autoriser l’accès',
  deny: 'Refuser l’accès',
  approved: 'Demande approuvée',
  approvedMore: '{client} peut désormais accéder à vos données. Vous pouvez fermer cette fenêtre.',
  denied: 'La demande a été refusée.',
  invalidCode: 'Code non valide. Veuillez réessayer',
  welcome: 'Bienvenue, {user}',
  accounts: 'Vous avez accès à {count} comptes.',
};

export const TEXTS = { en, ja, zh, fr };
export type Locale = keyof typeof TEXTS;

/** The words of a page that AWS might build tomorrow: none of them is in any table. */
export const UNKNOWN_TEXTS: Partial<Texts> = {
  requested: 'A new request',
  confirm: 'This is my code',
  allow: 'Grant permission',
  approved: 'All done',
  approvedMore: 'You may close this window.',
  invalidCode: 'Something is not right',
};
