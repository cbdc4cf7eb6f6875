// The sign-in host's page: one button, one passkey ceremony, and the way back to the portal.
import { alertBox, button, call, data, h, options, show, texts } from './common.js';

const { handle, user } = data;
const passkeyButton = button(texts.usePasskey, 'primary', { id: 'sign-in-with-passkey' });
const failure = h('div', { id: 'sign-in-failure', hidden: true }, alertBox('error', texts.signInFailed));
const form = h('form', {}, h('h1', {}, texts.signIn), h('p', {}, user.userName), failure, passkeyButton);

async function signIn() {
  passkeyButton.disabled = true;
  failure.hidden = true;
  const asked = await call('GET', `/platform/passkey?handle=${handle}`);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.value);
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  const answer = await call('POST', '/platform/passkey', { handle, credential: credential?.toJSON() });
  passkeyButton.disabled = false;
  failure.hidden = answer.ok;
  if (answer.ok) location.assign(answer.value.redirectUrl);
}

async function goBackAtOnce() {
  const answer = await call('POST', '/platform/silent', { handle });
  if (answer.ok) location.assign(answer.value.redirectUrl);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  signIn();
});

if (options.signIn === 'silent') await goBackAtOnce();
else show(form);
if (options.signIn === 'load') await signIn();
