import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import { authorizeAddress, newProof, readReply } from '../../../shared/oidc/code-flow.ts';
import { redirectTo } from '../../../shared/oidc/redirect.ts';

const redirectUri = redirectTo(39_077);
const state = 'the-state';
const read = (address: string) => {
  const reply = readReply(address, { redirectUri, state });
  return reply?.kind === 'code' ? `code ${reply.code.expose()}` : reply;
};

describe('the address that begins the flow', () => {
  it('is one that awsher itself reads as a request, with the challenge of its verifier', async () => {
    const proof = newProof();
    const request = { clientId: 'client-1', redirectUri, scopes: ['a:b', 'c:d'], proof };
    const address = await authorizeAddress('https://oidc.eu-west-1.amazonaws.com', request);
    expect(readAuthorizeAddress(address)).toMatchObject({
      region: 'eu-west-1',
      clientId: 'client-1',
      state: proof.state,
      port: 39_077,
      path: '/oauth/callback',
    });
    const query = new URL(address).searchParams;
    const challenge = createHash('sha256').update(proof.verifier.expose()).digest('base64url');
    expect(query.get('code_challenge')).toBe(challenge);
    expect(query.get('scopes')).toBe('a:b c:d');
    expect(address).not.toContain(proof.verifier.expose());
  });

  it('never has the same proof twice, and RFC 7636 takes it', () => {
    const proofs = Array.from({ length: 20 }, newProof);
    const texts = proofs.flatMap((proof) => [proof.state, proof.verifier.expose()]);
    expect(new Set(texts).size).toBe(40);
    expect(texts.every((text) => /^[\w-]{43}$/.test(text))).toBe(true);
  });
});

describe('the answer', () => {
  it.each([
    ['a code', `${redirectUri}?code=abc&state=the-state`, 'code abc'],
    ['in the other order, with more', `${redirectUri}?state=the-state&iss=x&code=abc`, 'code abc'],
    ['a no of the person', `${redirectUri}?error=access_denied&state=the-state`, { kind: 'denied' }],
    [
      'a no of AWS',
      `${redirectUri}?error=invalid_scope&state=the-state`,
      { kind: 'refused', error: 'invalid_scope' },
    ],
    ['another state', `${redirectUri}?code=abc&state=another`, null],
    ['no state', `${redirectUri}?code=abc`, null],
    ['the state twice', `${redirectUri}?code=abc&state=the-state&state=the-state`, null],
    ['two codes', `${redirectUri}?code=abc&code=def&state=the-state`, null],
    ['a code and an error', `${redirectUri}?code=abc&error=access_denied&state=the-state`, null],
    ['nothing but the state', `${redirectUri}?state=the-state`, null],
    ['an empty code', `${redirectUri}?code=&state=the-state`, null],
    ['a code with a line end', `${redirectUri}?code=a%0Ab&state=the-state`, null],
    ['another port', 'http://127.0.0.1:39078/oauth/callback?code=abc&state=the-state', null],
    ['another path', 'http://127.0.0.1:39077/oauth/callback2?code=abc&state=the-state', null],
    ['another host', 'http://localhost:39077/oauth/callback?code=abc&state=the-state', null],
    [
      'a host that begins with it',
      'http://127.0.0.1.evil.example:39077/oauth/callback?code=abc&state=the-state',
      null,
    ],
    ['https', 'https://127.0.0.1:39077/oauth/callback?code=abc&state=the-state', null],
    ['a name before it', 'http://a@127.0.0.1:39077/oauth/callback?code=abc&state=the-state', null],
    ['in the fragment', `${redirectUri}#code=abc&state=the-state`, null],
    ['no address', 'code=abc&state=the-state', null],
  ])('%s', (_, address, expected) => {
    expect(read(address)).toEqual(expected);
  });
});
