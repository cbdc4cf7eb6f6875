import type { Center } from '../center.ts';
import { regionHosts } from '../hosts.ts';
import { type Call, html, Refusal, type Reply, type Route, redirect, type Service } from '../http.ts';
import { escapeXml, issueResponse } from '../saml.ts';
import { opaque } from '../state.ts';
import { oidcError } from './oidc-errors.ts';

const COOKIE = 'idp_session';

/**
 * The company's SAML IdP: it lives on the sign-in host, so that the same passkey opens it. Signed in, it posts to AWS at
 * once; else the sign-in page comes first and leads back here.
 */
function samlStart(center: Center, call: Call): Reply {
  const { state } = center;
  const finished = state.workflows.findIndex(
    (one) => one.signedIn && one.resultHandle === call.query.get('workflowResultHandle'),
  );
  const cookie = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(call.headers.cookie ?? '')?.[1];
  if (cookie !== undefined && state.idpSessions.has(cookie)) return postForm(center, {});
  if (finished >= 0) {
    state.workflows.splice(finished, 1);
    const token = opaque('');
    state.idpSessions.add(token);
    return postForm(center, { 'Set-Cookie': `${COOKIE}=${token}; Secure; HttpOnly; Path=/; SameSite=None` });
  }
  const [directory] = center.directories;
  if (directory === undefined) throw new Refusal('ResourceNotFoundException', 404, 'No directory');
  const workflow = {
    stateHandle: opaque('', 24),
    resultHandle: opaque('', 24),
    state: opaque('', 24),
    directory,
    returnTo: `https://${call.host}/platform/saml/start`,
    challenge: null,
    signedIn: false,
  };
  state.workflows.push(workflow);
  const { signIn } = regionHosts(directory.region);
  return redirect(
    `https://${signIn}/platform/${directory.id}/login?workflowStateHandle=${workflow.stateHandle}`,
  );
}

/** The page that sends itself to AWS, as every IdP has one. */
function postForm(center: Center, headers: Record<string, string>): Reply {
  const { samlPostTo, samlForm } = center.options;
  const { response } = issueResponse(center);
  const input = (value: string) => `<input type="hidden" name="SAMLResponse" value="${escapeXml(value)}">`;
  const fields = {
    usual: input(response),
    none: '<input type="hidden" name="Other" value="x">',
    two: input(response) + input(response),
    frame: input(response),
    waits: input(response),
  }[samlForm];
  const frame = samlForm === 'frame' ? '<iframe name="inner"></iframe>' : '';
  const target = samlForm === 'frame' ? ' target="inner"' : '';
  const reply = html(
    `<!doctype html><title>Going to AWS</title>${frame}<form method="post" action="${escapeXml(samlPostTo)}"${target}>${fields}` +
      `<input type="hidden" name="RelayState" value=""></form>` +
      (samlForm === 'waits' ? '' : '<script>document.forms[0].submit()</script>'),
  );
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** On the sign-in host, beside the passkey. */
export const samlStartRoute: Route = {
  operation: 'SamlStart',
  method: 'GET',
  path: '/platform/saml/start',
  answer: samlStart,
};

/** AWS's own sign-in, which takes the response and shows the console. */
export const awsSignIn: Service = {
  name: 'aws-sign-in',
  refuse: oidcError,
  routes: [
    {
      operation: 'SamlSignIn',
      method: 'POST',
      path: /^\/saml(?:\/acs\/[\w-]+)?$/,
      answer: () => html('<!doctype html><title>AWS Management Console</title>'),
    },
  ],
};
