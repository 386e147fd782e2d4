/** Remembers what was made last: it is made again only of others than it was made of. @param make pure */
export function lastMade<Given extends readonly unknown[], Made>(
  make: (...given: Given) => Made,
): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | null = null;
  return (...given) => {
    if (!last?.given.every((one, place) => one === given[place])) last = { given, made: make(...given) };
    return last.made;
  };
}
