import type { CallPhraseKey } from '../../core/call-phrase.ts';

/** What is told of video calls in English. */
export const callEn: Readonly<Record<CallPhraseKey, string>> = {
  'call-noted':
    'Noted: you would rather look at it in a video call. Whoever has your case will suggest when.',
  'call-no-minutes':
    'Your plan has no video call minutes left this month. Let us go on here: send photos, screenshots or a video and we will look at them.',
  'call-counted':
    'The video call took {minutes, plural, =1 {one minute} other {# minutes}} of your plan; you have {left, plural, =0 {none} =1 {one} other {#}} left this month.',
  'call-now':
    '{agent} invites you to a video call now. Go in with this link, which is for you alone: <{url}>\n\nYou will see first whether your camera, your microphone and your connection are fine. There is nothing to install.',
  'call-again': 'Here is a new link to get back into the video call: <{url}>',
  'call-scheduled':
    'Your video call with {agent} is {when}. Go in with this link, which is for you alone and opens ten minutes before: <{url}>\n\nI will remind you when it gets close.\n\n{file, select, yes {The appointment for your calendar comes with this message.} other {For your calendar: <{url}/call.ics>}}',
  'call-moved':
    'Done, the video call with {agent} has moved: it is now {when}. The earlier link no longer works; this is the new one: <{url}>\n\n{file, select, yes {The appointment for your calendar comes with this message.} other {For your calendar: <{url}/call.ics>}}',
  'call-times':
    '{agent} can look at it with you in a video call. When suits you? {guessed, select, yes {I do not know your time zone, so these are in {zone}.} other {Times are in {zone}.}}',
  'call-time-taken': 'That time has just been taken. These are left ({zone}):',
  'call-no-times':
    'There is no free time for a video call right now. {agent} will write as soon as there is one.',
  'call-reminder':
    'A reminder: your video call with {agent} is {when}. Your link: <{url}>\n\nDoes it still suit you?',
  'call-soon': 'Your video call with {agent} begins in ten minutes. You can go in now: <{url}>',
  'call-missed':
    'We did not manage to meet in the video call for your case no. {number}. Shall we find another time, or go on here?',
  'call-missed-by-us':
    'Sorry: {agent} could not make it to the video call. Your case no. {number} goes to somebody else, who knows that you wanted to show it on video.',
  'call-cancelled': 'All right, I have cancelled the video call. We go on here with your case no. {number}.',
  'call-cancelled-by-us':
    '{agent} had to cancel the video call. Your case no. {number} is still open and we go on here.',
  'call-off':
    'The video call we had planned is off: whoever goes on with your case no. {number} will suggest another one.',
  'call-chat': 'All right, no video call. We go on here.',
  'call-declined-phone':
    'All right, no video. I will let whoever has your case know that you would rather talk by phone.',
  'call-summary': 'What we saw in the video call:\n{text}',
  'call-advice': 'Recommendations:\n{text}',
  'option-call-move': 'Change the time',
  'option-call-cancel': 'Cancel it',
  'option-call-again': 'Another time',
  'option-call-chat': 'Go on here',
  'ask-rating-call': 'Great! How would you rate our support, video call included, from 1 to 5?',
  'follow-up': 'Hello again. We solved your case some days ago: is everything still fine?',
  'option-all-well': 'Yes, all is well',
  'option-not-well': 'No, it is back',
  'all-well': 'Good to hear, thank you. If anything changes, write to us here.',
};
