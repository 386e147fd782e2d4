import type { Tries } from '../accounts.ts';
import type { Database } from './database.ts';

const take = {
  name: 'tries-take',
  text: `insert into relevo.tries as t (key, count, until) values ($1, 1, $2::bigint + $4::bigint)
on conflict (key) do update set
  count = case when t.until <= $2 then 1 else t.count + 1 end,
  until = case when t.until <= $2 then excluded.until else t.until end
where t.until <= $2 or t.count < $3
returning count`,
};

const wait = { name: 'tries-wait', text: 'select until from relevo.tries where key = $1 and until > $2' };
const sweep = { name: 'tries-sweep', text: 'delete from relevo.tries where until <= $1' };
const giveBack = {
  name: 'tries-give-back',
  text: 'update relevo.tries set count = greatest(0, count - 1) where key = $1',
};

/** Tries, in PostgreSQL: one statement counts, so that processes cannot count past each other. */
export function createTries({ run }: Database): Tries {
  return {
    async takeTry(key, now, { max, windowMs }) {
      await run(sweep, [now]);
      for (;;) {
        if ((await run(take, [key, now, max, windowMs])).length > 0) return 0;
        const [known] = await run<{ until: number }>(wait, [key, now]);
        if (known !== undefined) return known.until - now;
      }
    },
    async giveBackTry(key) {
      await run(giveBack, [key]);
    },
  };
}
