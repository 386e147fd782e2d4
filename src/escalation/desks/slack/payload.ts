import type { SlackObject } from '../../../slack/slack-app.ts';

/** Whether it is a JSON object, neither null nor a list. */
export function isObject(value: unknown): value is SlackObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at a path of a payload of Slack's; undefined where the path ends before. Pure. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, member) => (isObject(inner) ? inner[member] : undefined), value);
}

/** A text at a path; empty where there is none. Pure. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The objects in a list at a path; none where there is no list. Pure. */
export function objectsAt(value: unknown, ...path: readonly string[]): SlackObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}
