import { useQueryClient } from '@tanstack/react-query';

/** What follows from the draft and from what is published. */
const following = ['changes', 'versions', 'proof', 'gate', 'try', 'articles'];

/** Once the draft is another one, or something was published: reads anew what follows from it. @param more what else */
export function useReadAnew(...more: readonly string[]): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([...more, ...following].map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
}
