import Fastify from 'fastify';
import mongoose from 'mongoose';
import pg from 'pg';

// The least that could be called storing a message: a web server that answers 202 after one durable insert. No checks, no
// conversation, no answer. It runs in a process of its own, on the same database server as the Relevo it is compared with.
const { PORT = '0', DATABASE_URL = '' } = process.env;
const store = DATABASE_URL.startsWith('mongodb') ? await documents(DATABASE_URL) : await tables(DATABASE_URL);

const app = Fastify();
app.get('/', async () => 'ok');
app.post<{ Body: { id: string; text: string } }>('/api/chat/messages', async (request, reply) => {
  const { id } = request.body;
  await store.insert(id, JSON.stringify(request.body));
  return reply.code(202).send({ conversation: id, duplicate: false });
});
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
process.once('SIGINT', () => {
  void app.close().then(() => store.stop());
});

async function tables(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 12 });
  await pool.query('create schema if not exists bench');
  await pool.query('create table if not exists bench.messages (key text primary key, at bigint, body jsonb)');
  return {
    async insert(id: string, body: string): Promise<void> {
      const text = 'insert into bench.messages (key, at, body) values ($1, $2, $3)';
      await pool.query({ name: 'insert', text, values: [id, Date.now(), body] });
    },
    stop: () => pool.end(),
  };
}

async function documents(url: string) {
  const connection = await mongoose.createConnection(url, { maxPoolSize: 12 }).asPromise();
  const messages = connection.collection<{ _id: string; at: number; body: string }>('bench_messages');
  return {
    async insert(id: string, body: string): Promise<void> {
      await messages.insertOne(
        { _id: id, at: Date.now(), body },
        { writeConcern: { w: 'majority', j: true } },
      );
    },
    stop: () => connection.close(),
  };
}
