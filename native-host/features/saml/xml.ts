import { parseXML } from '@aws-sdk/xml-builder';
import { isObject, type JsonObject } from '../../base/formats/json.ts';

/** An element: its text when that is all it has, else attributes and children by name. Names are as written, prefix included. */
export type Xml = string | JsonObject;

/**
 * Reads a small XML document of foreign origin with the AWS SDK's own parser, which is in the bundle anyway. What no SAML
 * response needs is refused before it gets there: a DTD with its entities, CDATA, processing instructions, and comments,
 * which have been used to cut a signed name short. `null` for what is no such document. Never throws.
 */
export function readXml(text: string): Xml | null {
  const body = text.replace(/^\uFEFF?\s*<\?xml[^<>]*\?>/, '');
  if (/<[!?]/.test(body) || /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(body)) return null;
  try {
    // Deep nesting ends in the parser's recursion, as an error like any other.
    const document: unknown = parseXML(body);
    return isObject(document) ? document : null;
  } catch {
    return null;
  }
}

/** The elements or attributes of a name below an element, whatever namespace prefix they have. */
export function below(element: Xml | undefined, name: string): Xml[] {
  if (element === undefined || typeof element === 'string') return [];
  return Object.entries(element)
    .filter(([key]) => key === name || key.endsWith(`:${name}`))
    .flatMap(([, value]) => value)
    .filter((value): value is Xml => typeof value === 'string' || isObject(value));
}

/** The text of an element, without the space around it. */
export function textOf(element: Xml | undefined): string {
  if (element === undefined) return '';
  const text: unknown = typeof element === 'string' ? element : element['#text'];
  return typeof text === 'string' ? text.trim() : '';
}
