import { type Address, addressKey } from '../core/message.ts';
import type { Joined, People } from '../store/people.ts';
import type { Signals } from '../store/signals.ts';

/** People whose joining and parting is told to every process as `people/<address>`, once for each address it is about. */
export function createToldPeople<P extends Pick<People, 'resolve' | 'join' | 'part' | 'joinedTo'>>(
  people: P,
  signals: Pick<Signals, 'publish'>,
): P {
  const tell = (address: Address) => signals.publish(`people/${addressKey(address)}`);
  return {
    ...people,
    async join(joined: Joined) {
      const from = await people.resolve(joined.address);
      const others = await people.joinedTo(from);
      const done = await people.join(joined);
      if (done) for (const one of [from, ...others.map(({ address }) => address)]) tell(one);
      return done;
    },
    async part(address: Address) {
      const done = await people.part(address);
      if (done) tell(address);
      return done;
    },
  };
}
