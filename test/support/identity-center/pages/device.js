// A verification page on a host of its own, as before 2025: confirm here, then move to another document on another host.
import { alertBox, button, call, data, h, hashed, marks, options, show, sleep, texts } from './common.js';

const userCode = new URLSearchParams(location.search).get('user_code') ?? data.userCode ?? '';
const confirmButton = button(texts.confirm, 'primary', {
  ...marks({ id: 'cli_verification_btn', analytics: 'accept-user-code' }),
  disabled: options.disabledMs > 0,
});
const cancelButton = button(texts.cancel, 'normal');
const form = h(
  'form',
  {},
  h('h1', {}, texts.requested),
  h('p', {}, texts.compare),
  h('div', { ...marks({ id: 'user-code' }), class: hashed('code') }, options.shownCode ?? userCode),
  h('div', { class: hashed('actions') }, cancelButton, confirmButton),
);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (event.submitter === cancelButton) {
    await call('POST', `${data.api.oidc}/consent`, { decision: 'deny', userCode });
    return show(alertBox('info', texts.denied));
  }
  const answer = await call('POST', `${data.api.oidc}/device_authorization/accept_user_code`, { userCode });
  if (answer.ok) location.assign(answer.value.consentUrl);
  else
    show(alertBox('error', texts.invalidCode, '', marks({ alert: 'error', testid: 'device-error-alert' })));
});

await sleep(options.blankMs);
show(form);
if (options.disabledMs > 0) setTimeout(() => confirmButton.removeAttribute('disabled'), options.disabledMs);
