import { Command, CommanderError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { randomIds } from '../core/ids.ts';
import type { VideoRole } from '../core/invitation.ts';
import { createVideo } from '../video/create-video.ts';
import { newRoom } from '../video/room.ts';

/** Prints a token and its link, to try a server with: `npm run video:token -- --role agent --name Ana`. */
const program = new Command('video:token')
  .description('Make a link into a call, and the token in it, with the settings of the environment.')
  .option('--room <room>', '32 hexadecimal digits; drawn at random unless given')
  .addOption(
    new Option('--role <role>', 'the agent moderates').choices(['agent', 'customer']).default('customer'),
  )
  .option('--name <name>', 'what the person is called in the call')
  .exitOverride()
  .action(async ({ room, role, name }: { room?: string; role: VideoRole; name?: string }) => {
    const { video } = readConfig();
    if (video === null) {
      throw new RelevoError('no_video', 'no server is set', { hint: 'Set JITSI_DOMAIN; see docs/video.md.' });
    }
    const provider = createVideo(video);
    const { url, enterBy } = await provider.link({
      room: room ?? newRoom(randomIds),
      role,
      name: name ?? null,
      invitationId: randomIds.id(),
      tokenId: randomIds.id(),
      askedAt: systemClock.now(),
    });
    const print = (what: string, value: string): void =>
      void process.stdout.write(`${what.padEnd(6)} ${value}\n`);
    if (provider.can.signs) print('token', new URL(url).searchParams.get('jwt') ?? '');
    print('link', url);
    if (enterBy !== null) print('until', new Date(enterBy).toISOString());
    if (!provider.can.signs)
      print('note', 'not signed: whoever has the link gets in, and nobody is known as the agent');
    if (!provider.can.ownRooms) print('note', 'the same link for every call: customers can meet in it');
  });

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said itself what is wrong.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof RelevoError) {
    process.stderr.write(
      `video:token: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`,
    );
    process.exitCode = 1;
  } else throw error;
}
