import type { VoiceName } from './sound.js';

export interface Spoken {
  voice: VoiceName;
  words: string;
}

export interface Segment extends Spoken {
  choices: { id: string; text: string }[];
}

export const moonBoat = `Every night, when the last lamp in the street went out, Lightning Dog heard the moon creak like a boat.

"It wants to be sailed," he told the cat. The cat said that moons don't want things, and went back to sleep.

So Lightning Dog ran. He ran so fast that his tail crackled, over the hill, up the last long shadow of the chapel, and off the edge of it, and he landed in the moon with all four paws at once. It rocked. It smelled of cold milk.

He hung his red scarf on a broom for a sail, and steered by the Dog Star, which was only polite. Where the dark was thickest he let down a string and fished. He caught one star the size of a button, one the size of a bun, and one so small that he nearly threw it back.

That was the one he kept. At home there was a girl who could not sleep without a light, and the bulb of her lamp had gone pop on Tuesday.

In the morning the moon was back in its place, only a little crooked. On the windowsill sat something the size of a crumb, shining as hard as it could.`;

export const dragon = `Ember did not breathe fire at knights. She breathed it, very gently, at bread.

At first nobody in Lower Pudding would buy it. "A dragon!" they whispered, and bolted their doors, and ate dry crackers behind them.

Then came the winter in which the big oven cracked from top to bottom, and the mayor's feet were cold, and there was not a loaf in the village. And down from the mountain, in the blue early morning, came a smell.

It came under the doors. It came through the keyholes. It was the smell of crust.

One by one the people followed it, in slippers, up through the snow. There stood Ember in a tall white hat, with flour on her nose, and on the table were forty loaves, one for each house, and one very small one for the mayor's mouse.

"I made too many," said Ember, who had counted three times.`;

export const cave: Segment[] = [
  {
    voice: 'storyteller',
    words:
      'At the end of the field there is a cave, and in the cave there are two yellow eyes. Fern has a long neck, so she looks in first. "Hello?" she says.',
    choices: [
      { id: 'in', text: 'Walk in on tiptoe' },
      { id: 'call', text: 'Call: who is there?' },
    ],
  },
  {
    voice: 'kid',
    words:
      '"Who is there yourself!" says the dark. It is not a very big voice. In fact it sounds as if it had been crying and then eaten a biscuit.',
    choices: [
      { id: 'biscuit', text: 'Ask about the biscuit' },
      { id: 'song', text: 'Sing something low and slow' },
    ],
  },
  {
    voice: 'whisper',
    words:
      'Button comes out backwards, spikes first. "I went in to be brave," he explains, "and then it was dark, and then I was brave for two whole days."',
    choices: [
      { id: 'home', text: 'Take Button home' },
      { id: 'lamp', text: 'Hang a lamp in the cave' },
    ],
  },
  {
    voice: 'storyteller',
    words:
      'So they hang a lamp in the cave, and a sign beside it. The sign says: Brave Place. One at a time, please. Bring a friend. The end.',
    choices: [],
  },
];

export const ducklings: Spoken[] = [
  {
    voice: 'kid',
    words:
      'Hello, here is your good news! In a small town, a bus that drives itself has learned a new word. The word is: duckling.',
  },
  {
    voice: 'uncle',
    words:
      'The bus was very good at red lights. But ducklings are small, and yellow, and they never press the button.',
  },
  {
    voice: 'storyteller',
    words:
      'Now it stops, it blinks, and it waits for the very last one. The bus is four minutes late. Nobody on board has complained.',
  },
];

export const umbrellas = `Olive the octopus 🐙 had eight umbrellas ☔, one for each arm, and none for her head.

"It never rains on my head," she said. "There is always so much umbrella about."

On Monday 🌧️ a crab borrowed the red one. On Tuesday a seagull took the blue one, upside down, as a boat ⛵. On Wednesday two snails asked for the green one, to live in, just until the spring. 🐌🐌

By Sunday Olive had one umbrella left, the violet one, and it began to pour. She held it over the little fish 🐟 who had no umbrella and no arms.

"Now your head is wet," said the fish.

"So it is!" said Olive, amazed. "It is rather nice. 💜 What have you all been making such a fuss about?"`;

export const moonBakery = `很久很久以前,月亮上住着一只会做面包的兔子,名字叫小白。

每天晚上,小白用星星的粉末做面包。面包烤好了,香味就从月亮上飘下来,飘进每一个孩子的梦里。

有一天,桃桃坐着一朵云来到月亮上。她说:“我在梦里闻到了香味,可是我一醒来,面包就不见了!”

小白笑了,他摘下帽子,切开最大、最圆的那个面包。一半给桃桃,一半留给路过的流星。

“那你自己吃什么呢?”桃桃问。

“我吃香味呀,”小白说,“香味是吃不完的。”

从那以后,中秋节的晚上,如果你抬头看月亮,会看到两只兔子在揉面团。要是你闭上眼睛,深深地吸一口气——嗯,面包刚刚出炉。`;

export const daily: Spoken[] = [
  {
    voice: 'kid',
    words: 'Today, Wren asks: why do leaves turn red? Did somebody say something embarrassing?',
  },
  {
    voice: 'sailor',
    words:
      'All summer a leaf is a little green kitchen that cooks with sunlight. In autumn the tree closes the kitchen, and packs the green away.',
  },
  {
    voice: 'storyteller',
    words:
      'Yellow was there all the time, hiding behind the green. And the red is new: a tree paints it at the very end, like a sunset.',
  },
];

export const buttons = `My grandmother never threw a button away. She had a jar of them as big as a cat, and on rainy days she let me pour it out on the blue carpet.

"That one," she would say, and touch it with one finger, "is from the coat in which your grandfather missed the train." If he had not missed it, he would not have met her, and so, she said, I was in a way the child of a button.

There was a button of real bone, and one like an eye, and one shaped as a strawberry that had belonged to my mother when she was smaller than me. There was a plain white one that she always put back without a word.

When she moved to the little flat she gave me the jar. I counted them, which took three evenings. There were one thousand two hundred and four.

Last week I lost one from my green jacket, the one I was wearing when I jumped from the high board. I found it under the bench. I did not sew it on again.

One thousand two hundred and five.`;

export const cloud = `Pim was a cloud who was afraid of heights.

This is not easy for a cloud. The others sailed about up there, and lay on their backs, and were looked at. Pim stayed behind the big tree, close to the ground, and said that he was fog.

"You're not fog," said Asha, who lived by the tree. "Fog is rude. It goes in people's sleeves."

She tied one end of her red ribbon round her wrist, and the other end round Pim, and they climbed the hill together. At the first bend he shook so much that it drizzled. At the second bend he asked her to talk about something flat. At the top he opened one eye.

"Oh," said Pim. "It's only the same world, with more of it."

That summer was a dry one. The flowers hung their heads, and all the great white clouds just lay about. It was Pim who let go of the ribbon. He went up and up, and he looked down only once, at a red dot that waved; and then, with all his heart, he rained.`;

export const lighthouses = `Ondine the whale had never stolen anything in her life, until she met a lighthouse that looked lonely.

It stood on a rock and said the same thing over and over: here, here, here. She knew the feeling. She swam beneath the rock, and lifted very gently, and took it with her.

The second one had red stripes. The third was quite small, and violet, and blinked when it was tired.

They were happy together. They lit up fish who had never been lit up before. But one evening Ondine heard a ship's bell, lost and slow, turning round and round in the dark where a light ought to have been.

She went so fast that the lighthouses had to lean. "Here!" said the first one. "Here!" said the second. "Here," said the small one, a bit late, and the ship came in between them as neatly as a letter.

Now they live on their own three rocks again. But once a year, in the warm week, the harbour master puts up a sign: Closed for holidays. And three lights go out to sea.`;

export const snail = `The Snail Express leaves on Monday, and arrives, all being well, on Thursday.

"Is there a faster train?" asked the mole at the ticket window. There was. It went past at that moment and nobody saw what colour it was.

So the mole sat down in the orange wagon with the four mice, who had brought cheese sandwiches, and the train left. After an hour they could still read the clock of the station. After two hours they had been told about every dandelion by name.

On Tuesday it rained, and Sorrel the snail sang. On Wednesday a beetle overtook them, and then came back, because it had looked so comfortable in there.

On Thursday evening they rolled into the seaside. The mole had meant to hurry to the beach, but it turned out that he had arrived already, somewhere around Wednesday, and had only not noticed.`;

export const owl: Spoken[] = [
  {
    voice: 'uncle',
    words:
      'Good morning, good morning! This is Hob the owl, wide awake on the long branch. The sun is up and it is wearing orange.',
  },
  {
    voice: 'kid',
    words:
      'It is much too bright, Hob. This is Tilly. I have been asleep for eleven minutes. Somebody turn the day down, please.',
  },
  {
    voice: 'uncle',
    words:
      'Today: dew until nine, then butterflies. And now a song for everyone who has to find two socks that match.',
  },
];
