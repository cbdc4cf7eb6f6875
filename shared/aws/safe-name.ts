const SAFE_NAME = /^[A-Za-z0-9_\-/.%@:+]+$/;

/**
 * Whether every SDK reads a profile, sso-session or services section of this name (AWS CLI v2 `configloader.py`, AWS SDK
 * for Rust `validate_identifier`, AWS SDK for Java `VALID_IDENTIFIER`).
 */
export function isSafeName(name: string): boolean {
  return SAFE_NAME.test(name) && name !== '__proto__';
}
