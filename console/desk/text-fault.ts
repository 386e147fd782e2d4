import { useSay } from '../parts/catalogue.tsx';

/** Says what is wrong with a text that must be there and may have so many characters; undefined when nothing. */
export function useTextFault(): (text: string, limit: number) => string | undefined {
  const say = useSay();
  return (text, limit) => {
    const length = text.trim().length;
    if (length === 0) return say('field.required');
    return length > limit ? say('field.tooLong', { count: length - limit }) : undefined;
  };
}
