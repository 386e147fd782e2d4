import { callEn } from './call-en.ts';
import type { Catalogue } from './catalogue.ts';

/** Plain international English. */
export const en: Catalogue = {
  'handed-over':
    'I’m passing you to a person. Your case is no. {number}; they already have what you told me, so you won’t need to repeat it.',
  'handed-over-failure':
    'Sorry, something went wrong on my side and I can’t answer you properly. I’m passing you to a person: your case is no. {number} and what you wrote is saved.',
  'people-elsewhere':
    '{failed, select, yes {Sorry, something went wrong and I can’t answer you properly. } other {}}{channels, select, none {Your plan does not include talking to a person on this channel.} other {With your plan, our team answers on {channels}: write to us there whenever you like.}} I’m still here: tell me, and I’ll help as far as I can.',
  claimed: '{agent} is taking care of your case.',
  escalated:
    'Your case no. {number} is moving to a more experienced team. They already have everything you told us.',
  released: 'We’re finding somebody else for your case no. {number}. You haven’t lost your place.',
  'still-looking':
    'We’re still finding somebody for your case no. {number}. Sorry for the wait; we haven’t forgotten you.',
  'returned-to-bot':
    '{agent} has given the conversation back to me. I’m the automatic assistant: what do you need?',
  'confirm-solved': 'Is it solved?',
  'option-solved-yes': 'Yes, it’s solved',
  'option-solved-no': 'No, still the same',
  'not-solved': 'Thanks for telling us. {agent} is staying on your case.',
  'ask-rating': 'Great! How would you rate the help you got, from 1 to 5?',
  'rated-thanks': 'Thanks for your feedback! It helps us improve.',
  reminder:
    'Are you still there? When you can, reply to the last message so we can go on with your case no. {number}.',
  'closed-abandoned':
    'As we haven’t heard from you, we’ve closed your case no. {number}. If you still need it, write here and we’ll pick it up where it was.',
  'outside-hours':
    'Nobody from the team is here now: we’re back {when}. Meanwhile I can go on helping you. What would you like?',
  'option-wait': 'I’ll wait here',
  'option-callback': 'Another time',
  'option-leave': 'Go on with the bot',
  'wait-chosen': 'All right. We’ll write to you here as soon as somebody takes your case.',
  'wait-chosen-until':
    'All right. We’re back {when} and will write to you here; you haven’t lost your place.',
  'callback-when': 'When would you like us to contact you? Choose a time, or write it in your own words.',
  'callback-noted': 'Noted: we’ll contact you {when}.',
  'callback-noted-words': 'Noted. Whoever takes your case will see when you would like to be contacted.',
  'left-queue':
    'All right, I won’t pass case no. {number} to anybody and go on with you myself. What do you need?',
  'back-at': 'That team is away now: it is back {when}.',
  'queue-place':
    '{position, plural, =1 {You’re next in line} other {You’re number {position} in line}}{range, select, none {.} withinMinutes {: the wait is less than {high, plural, =1 {a minute} other {# minutes}}.} betweenMinutes {: the wait is {low} to {high} minutes.} withinHours {: the wait is less than {high} hours.} other {: the wait is {low} to {high} hours.}}',
  reopened: 'We’ve reopened your case no. {number}. A person is picking it up with everything said so far.',
  'question-asked':
    'I don’t have a sure answer to this, so I’m asking someone on our team. I’ll tell you here as soon as they answer; if it takes long, I’ll pass you to a person.',
  'question-added': 'I’ve added that to what I asked our team. I’ll tell you as soon as they answer.',
  'question-answered': 'I asked {agent} on our team, who says:\n\n{answer}\n\nDid that help?',
  'join-code':
    'To go on from another channel ({channels}), send this code there within the next 10 minutes: {code}. It is only for you: do not share it.',
  joined: 'Done, I know it is you. We go on here with your conversation and everything you have told us.',
  'join-code-unknown':
    'That code is not valid or has expired. Ask for a new one in the channel you were writing from.',

  greeting:
    '{named, select, yes {Hi, {name}!} other {Hi!}} I’m {company, select, none {the automatic support assistant} other {the automatic assistant of {company}}}. Tell me, what’s going wrong?',
  'greeting-again': 'Hi! I’m still here.',
  thanks: 'You’re welcome! If you need anything else, just write.',
  'thanks-did-it-help': 'You’re welcome! Did it help?',
  goodbye: 'Goodbye! If anything goes wrong again, just write.',
  robot:
    'Yes, I’m an automatic assistant. I can sort out many things, and whenever you want a person, just say so.',
  insult:
    'I can see this is frustrating, and I’m sorry. Tell me what’s going wrong and I’ll try; or I can pass you to a person right now.',
  acknowledged: 'Good. Is there anything I can help you with?',
  'take-your-time': 'Take your time. When you’ve tried it, tell me whether it helped.',
  cancelled: 'All right, we’ll leave it at that. If you need anything, just write.',
  'did-it-help': 'Did it help?',
  'only-in-es': 'I only have this guide in Spanish:',
  'only-in-en': 'I only have this guide in English:',
  'only-in-pt': 'I only have this guide in Portuguese:',
  'option-helped': 'It helped',
  'option-not-helped': 'It didn’t help',
  'option-person': 'Talk to a person',
  'option-none': 'Something else',
  'option-tried-nothing': 'Nothing yet',
  clarify: 'Which of these is it?',
  'try-another': 'Sorry that didn’t help. Let’s try something else:',
  'same-question': 'It looks like that didn’t fix it. Let’s try something else:',
  simpler: 'Sure, in simpler words:',
  'no-simpler': 'I don’t have a simpler explanation of this. If you like, a person can walk you through it.',
  'more-technical': 'Sure, with more technical detail:',
  'no-more-technical':
    'I don’t have more technical detail on this. If you like, a person can look at it with you.',
  resolved: 'I’m glad it worked! If you need anything else, just write.',
  unknown: 'I don’t have a sure answer to this, and I’d rather not guess: a person should look at it.',
  'unknown-alone': 'I don’t have a sure answer to this, and I’d rather not make one up.',
  'sorry-alone': 'I’m sorry I could not solve it.',
  'sorry-disliked': 'Sorry that didn’t help: a person should look at it.',
  'passing-on-call':
    'Of course, I am passing you on to a person who can look at it with you in a video call.',
  'option-call': 'Show it in a video call',
  'passing-on': 'Of course, I’ll pass you to a person.',
  'ask-problem': 'So that you don’t have to repeat it: what’s going wrong?',
  'ask-tried': 'So that nobody asks you to do it again: what have you tried so far?',
  'intake-thanks': 'Thanks, that’s enough for them to start.',
  unsupported:
    'I can’t see or hear what you sent yet. Could you tell me in words? Or, if you prefer, I can pass you to a person.',
  unclear: 'I didn’t understand that. Could you tell me in a few words what’s going wrong?',
  'tried-shown': 'Was shown, and it did not help: {titles}',
  'tried-person': 'What someone on the team answered did not help.',
  'option-gone': 'That option is no longer available. Tell me in your own words what you need.',
  step: 'Step {number} of {total}',
  'option-step-done': 'Done, next',
  'option-step-failed': 'It didn’t work',
  'option-step-all': 'Show all',
  'option-steps-resume': 'Back to the steps',
  'steps-done': 'Those were all the steps.',
  'steps-resumed': 'Back to where we were:',
  'tried-steps': 'Followed “{title}”, and step {number} of {total} did not work: {step}',
  'same-guide': 'The same guide says:',
  'same-guide-holds': 'The same guide applies there; I don’t have a separate one.',
  about: 'About “{question}”:',
  'left-part': 'I don’t have a sure answer to “{question}”; if you like, a person can look at that.',
  'left-over': 'Glad it helped! “{question}” is still open. Shall I pass you to a person for that?',
  'option-leave-it': 'No need',

  ...callEn,
};
