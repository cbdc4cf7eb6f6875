import { Refusal, type Route } from '../http.ts';
import { asset } from '../pages/documents.ts';

/** Scripts and styles, on every host that has pages. */
export const assets: Route = {
  operation: 'Asset',
  method: 'GET',
  path: /^\/assets\//,
  answer(_center, call) {
    const found = asset(call.path.slice('/assets/'.length));
    if (found === null) throw new Refusal('ResourceNotFoundException', 404, 'No such file');
    return { status: 200, headers: { 'Content-Type': found.type }, body: found.text };
  },
};
