// Creates the user's passkey for the sign-in host. Sets data-enrolled on the document when the server has accepted it.
import { alertBox, button, call, data, h, show, texts } from './common.js';

const createButton = button('Create a passkey', 'primary', { id: 'create-passkey' });
const form = h('form', {}, h('h1', {}, 'Create a passkey'), h('p', {}, data.user.userName), createButton);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const asked = await call('GET', '/platform/enroll');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.value);
  const credential = await navigator.credentials.create({ publicKey });
  const answer = await call('POST', '/platform/enroll', { credential: credential.toJSON() });
  document.documentElement.dataset.enrolled = String(answer.ok);
  show(alertBox(answer.ok ? 'success' : 'error', answer.ok ? 'Your passkey is ready.' : texts.signInFailed));
});

show(form);
