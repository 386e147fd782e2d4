import Fastify from 'fastify';
import pg from 'pg';

// The least that could be called storing a message: a web server that answers 202 after one durable insert. No checks, no
// conversation, no answer. It runs in a process of its own, on the same database server as the Relevo it is compared with.
const { PORT = '0', DATABASE_URL = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 12 });
await pool.query('create schema if not exists bench');
await pool.query('create table if not exists bench.messages (key text primary key, at bigint, body jsonb)');

const app = Fastify();
app.get('/', async () => 'ok');
app.post<{ Body: { id: string; text: string } }>('/api/chat/messages', async (request, reply) => {
  const { id } = request.body;
  await pool.query({
    name: 'insert',
    text: 'insert into bench.messages (key, at, body) values ($1, $2, $3)',
    values: [id, Date.now(), JSON.stringify(request.body)],
  });
  return reply.code(202).send({ conversation: id, duplicate: false });
});
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
process.once('SIGINT', () => {
  void app.close().then(() => pool.end());
});
