/** For a web chat whose log is empty: there is no state to ask for. */
export async function noState(): Promise<never> {
  throw new Error('there are no conversations');
}
