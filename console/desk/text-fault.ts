import { useSay } from '../parts/catalogue.tsx';

/**
 * Says what is wrong with a text that may have so many characters; undefined when nothing.
 * It must be there, unless it is `optional`.
 */
export function useTextFault(): (text: string, limit: number, optional?: 'optional') => string | undefined {
  const say = useSay();
  return (text, limit, optional) => {
    const length = text.trim().length;
    if (length === 0 && optional === undefined) return say('field.required');
    return length > limit ? say('field.tooLong', { count: length - limit }) : undefined;
  };
}
