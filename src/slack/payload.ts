import type { SlackObject } from './slack-app.ts';

/**
 * The payload in a body of Slack's: JSON, a form, or JSON in a form's `payload`. Pure.
 * @returns null when it is none of these
 */
export function readPayload(text: string, contentType: string): SlackObject | null {
  if (!contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) return asObject(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : asObject(payload);
}

function asObject(text: string): SlackObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    // Not JSON: the caller keeps it as it came.
    return null;
  }
}

/** Whether it is a JSON object, neither null nor a list. */
export function isObject(value: unknown): value is SlackObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that must be a text; undefined when it is not. */
export function textOf(object: unknown, member: string): string | undefined {
  const value = isObject(object) ? object[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}
