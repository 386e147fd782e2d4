/** Questions that hardly any support base answers, in English; one per line. Written for Relevo. */
export const englishBackground = `
will it rain tomorrow afternoon
how cold does it get in the mountains
when does winter start
who won the match last night
what time does the national team play
how many goals did the striker score this season
who wrote moby dick
what is the capital of australia
how many people live in india
how tall is mount everest
what year did the berlin wall fall
who was the first president of mexico
who painted the mona lisa
why is the sky blue
how much does an adult elephant weigh
how far away is the moon
how are volcanoes formed
what do penguins eat
how many legs does a spider have
do dolphins sleep with one eye open
how do i make pancakes from scratch
recipe for chicken and rice
how long should i boil an egg
which wine goes with fish
where is the best taco truck around here
recommend a cheap italian restaurant
i want a burger with fries
how many calories are in a banana
my head has been hurting since yesterday
what can i take for a cough
is a fever for three days serious
how do i lower my blood pressure
how long does a broken arm take to heal
what exercises are good for back pain
what is two hundred fifteen times fourteen
solve this quadratic equation
what is the square root of one hundred forty four
how do you say butterfly in french
translate good night into japanese
what does the word ephemeral mean
give me a synonym for sadness
how do you spell necessary
tell me a joke about lawyers
sing me a lullaby
write a poem about the sea
what is the meaning of life
do you believe in aliens
will you marry me
what do you think about the president
who are you voting for
when is the next election
who is leading in the polls
why is inflation rising
how is the oil company stock doing
is it worth investing in bitcoin
how much is an ounce of gold
what is the dow jones at today
what movie is on tonight
what is the latest mystery novel about
who stars in that vampire series
when does the next season come out
what song is number one right now
how old is that actress
when is the superhero movie released
how do i beat the last level of the video game
which console is better for playing online
how do i tune a guitar
how long does it take to learn the piano
how do i get a wine stain out of the sofa
how do i unclog the kitchen sink
how often should i water a cactus
when should roses be pruned
my dog will not eat his food
at what age can you spay a cat
how can i teach my parrot to talk
how long is the flight from london to tokyo
what is the best beach in the caribbean
is there traffic on the northern highway
when does the last train to boston leave
where can i park downtown
which tire fits my bicycle
how do i change the oil of a motorcycle
what should i wear to a wedding
do brown shoes go with a black belt
what should i give my mother in law
how do i tell her that i love her
my girlfriend left me
my neighbors are very noisy at night
i cannot sleep because of the mosquitoes
which college degree has the best jobs
when is the semester over
how do i study for a history exam
what is photosynthesis
explain the theory of relativity
what is the chemical symbol of sodium
who invented the printing press
how does a steam engine work
what is a black hole
how many bones are in the human body
how do i compile a java program
which programming language should i learn first
how do i sort a list in python
you are useless and good for nothing
go to hell
you people are a bunch of thieves
this is bullshit
haha that is so funny
blah blah blah
asdf qwerty
la la la
what time is it in new york
what day is christmas this year
how many days are in february
happy new year everybody
what does my horoscope say today
what does it mean to dream about snakes
what is the number of the fire department
where is the nearest pharmacy
i need a plumber right away
looking for an apartment with a balcony
how much does a primary school teacher earn
how do i renew my passport at the embassy
who discovered penicillin
what causes earthquakes under the ocean
is the stock market going to crash
how does a bill become a law
what is the tallest building in the world
who is the richest man alive
what are the rules of chess
how do airplanes stay in the air
is coffee bad for your heart
what language do they speak in brazil
how deep is the pacific ocean
what is the best way to learn spanish
`;
