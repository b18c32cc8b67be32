import type { Picture } from './picture.js';
import type { MediumName } from './medium.js';
import { bakeryCover, moonBoatCover, owlCover } from './covers/night.js';
import { dinosaurCover, ducklingsCover, leavesCover, snailCover } from './covers/field.js';
import { breadCover, heightsCover } from './covers/warm.js';
import { lighthousesCover, umbrellasCover } from './covers/water.js';
import {
  cave,
  cloud,
  daily,
  dragon,
  lighthouses,
  moonBakery,
  moonBoat,
  buttons,
  ducklings,
  owl,
  snail,
  umbrellas,
  type Segment,
  type Spoken,
} from './texts.js';

export interface SampleStory {
  slug: string;
  title: string;
  text: string;
  type: 'image_to_story' | 'interactive' | 'news_to_kids' | 'kids_daily' | 'morning_show';
  ageGroup: '3-5' | '6-8' | '9-12';
  /** Local time as the old machine wrote it: without a zone, in UTC, or at +08:00. */
  createdAt: string;
  child: string;
  themes: string[];
  moral: string;
  characters: { name: string; description: string }[];
  safetyScore: number;
  cover?: { paint: Picture; format: 'jpg' | 'webp' | 'png' };
  styled?: MediumName;
  narration?: Spoken & { format: 'mp3' | 'ogg' | 'm4a' };
  lines?: Spoken[];
  segments?: Segment[];
}

/** The cloud's story is the one whose media are in the old artifact tables: see old-tables.ts. */
export const cloudStory: SampleStory = {
  slug: 'cloud-afraid-of-heights',
  title: 'The Cloud Who Was Afraid of Heights',
  text: cloud,
  type: 'image_to_story',
  ageGroup: '3-5',
  createdAt: '2025-10-04T09:30:00Z',
  child: 'child-poppy',
  themes: ['courage', 'friendship', 'weather'],
  moral: 'You may be brave one step at a time.',
  characters: [
    { name: 'Pim', description: 'a small cloud who prefers the ground' },
    { name: 'Asha', description: 'a girl in a red dress with a long ribbon' },
  ],
  safetyScore: 0.99,
  cover: { paint: heightsCover, format: 'webp' },
};

export const stories: readonly SampleStory[] = [
  {
    slug: 'lightning-dog',
    title: 'Lightning Dog and the Moon Boat',
    text: moonBoat,
    type: 'image_to_story',
    ageGroup: '6-8',
    createdAt: '2025-09-06T18:20:11.250000',
    child: 'child-poppy',
    themes: ['courage', 'night', 'kindness'],
    moral: 'A light is worth most when you carry it home to somebody.',
    characters: [{ name: 'Lightning Dog', description: 'a fast yellow dog with a bolt for a tail' }],
    safetyScore: 0.97,
    cover: { paint: moonBoatCover, format: 'jpg' },
    styled: 'papercut',
    narration: {
      voice: 'storyteller',
      words:
        'Every night, when the last lamp in the street went out, Lightning Dog heard the moon creak like a boat.',
      format: 'mp3',
    },
  },
  {
    slug: 'dragon-bakery',
    title: 'The Dragon Who Baked Bread',
    text: dragon,
    type: 'image_to_story',
    ageGroup: '3-5',
    createdAt: '2025-09-09T07:45:00',
    child: 'child-clover',
    themes: ['sharing', 'food', 'being different'],
    moral: 'What scares others may be just what the village needs.',
    characters: [{ name: 'Ember', description: 'a round green dragon in a baker’s hat' }],
    safetyScore: 0.98,
    cover: { paint: breadCover, format: 'webp' },
    styled: 'watercolour',
    narration: {
      voice: 'uncle',
      words: 'Ember did not breathe fire at knights. She breathed it, very gently, at bread.',
      format: 'mp3',
    },
  },
  {
    slug: 'dinosaur-cave',
    title: 'The Dinosaur Cave 🦖',
    text: cave.map(({ words }) => words).join('\n\n'),
    type: 'interactive',
    ageGroup: '6-8',
    createdAt: '2025-09-13T16:05:40+08:00',
    child: 'child-maple',
    themes: ['adventure', 'dinosaurs', 'choices'],
    moral: 'Ask before you are afraid.',
    characters: [
      { name: 'Fern', description: 'a long-necked dinosaur' },
      { name: 'Button', description: 'a small spiky one who talks a lot' },
    ],
    safetyScore: 0.95,
    cover: { paint: dinosaurCover, format: 'jpg' },
    segments: cave,
  },
  {
    slug: 'ducklings-first',
    title: 'Ducklings First! The Bus That Learned to Wait',
    text: ducklings.map(({ words }) => words).join('\n'),
    type: 'news_to_kids',
    ageGroup: '6-8',
    createdAt: '2025-09-17T06:30:00Z',
    child: 'child-maple',
    themes: ['animals', 'machines', 'good news'],
    moral: 'Fast is nice. Kind is nicer.',
    characters: [{ name: 'Bus 12', description: 'a yellow bus that drives itself' }],
    safetyScore: 0.99,
    cover: { paint: ducklingsCover, format: 'jpg' },
    lines: ducklings,
  },
  {
    slug: 'eight-umbrellas',
    title: 'Eight Umbrellas 🐙☔',
    text: umbrellas,
    type: 'image_to_story',
    ageGroup: '3-5',
    createdAt: '2025-09-20T10:12:00',
    child: 'child-clover',
    themes: ['sharing', 'rain', 'counting'],
    moral: 'Eight is seven more than you need. 💜',
    characters: [{ name: 'Olive 🐙', description: 'an octopus who is prepared for rain' }],
    safetyScore: 0.96,
    cover: { paint: umbrellasCover, format: 'webp' },
    styled: 'papercut',
    narration: {
      voice: 'kid',
      words: 'Olive the octopus had eight umbrellas, one for each arm, and none for her head.',
      format: 'ogg',
    },
  },
  {
    slug: 'moon-bakery',
    title: '月亮上的兔子面包店',
    text: moonBakery,
    type: 'image_to_story',
    ageGroup: '6-8',
    createdAt: '2025-09-24T20:40:00+08:00',
    child: 'child-bamboo',
    themes: ['分享', '月亮', '中秋节'],
    moral: '好味道要和大家一起分享。',
    characters: [
      { name: '小白', description: '会做面包的月亮兔子' },
      { name: '桃桃', description: '爱吃面包的粉色小兔' },
    ],
    safetyScore: 0.98,
    cover: { paint: bakeryCover, format: 'jpg' },
    styled: 'papercut',
    narration: {
      voice: 'mandarin',
      words: '很久很久以前,月亮上住着一只会做面包的兔子,名字叫小白。',
      format: 'mp3',
    },
  },
  {
    slug: 'why-leaves-turn-red',
    title: 'Question of the Day: Why Do Leaves Turn Red? 🍁',
    text: daily.map(({ words }) => words).join('\n'),
    type: 'kids_daily',
    ageGroup: '6-8',
    createdAt: '2025-09-28T07:00:00Z',
    child: 'child-poppy',
    themes: ['nature', 'autumn', 'science'],
    moral: 'A goodbye can be colourful.',
    characters: [{ name: 'Wren', description: 'asks a question every day' }],
    safetyScore: 1,
    cover: { paint: leavesCover, format: 'jpg' },
    lines: daily,
  },
  {
    slug: 'button-jar',
    title: 'Grandmother’s Button Jar',
    text: buttons,
    type: 'image_to_story',
    ageGroup: '9-12',
    createdAt: '2025-10-01T19:15:30.500000',
    child: 'child-bamboo',
    themes: ['family', 'memory'],
    moral: 'Small things keep big days.',
    characters: [{ name: 'Grandmother', description: 'never throws a button away' }],
    safetyScore: 0.94,
  },
  {
    slug: 'lighthouse-whale',
    title: 'The Whale Who Collected Lighthouses',
    text: lighthouses,
    type: 'image_to_story',
    ageGroup: '6-8',
    createdAt: '2025-10-08T17:50:00',
    child: 'child-maple',
    themes: ['sea', 'friendship', 'light'],
    moral: 'The best collections are the ones you bring back.',
    characters: [{ name: 'Ondine', description: 'a navy-blue whale with a soft heart' }],
    safetyScore: 0.97,
    cover: { paint: lighthousesCover, format: 'jpg' },
    styled: 'watercolour',
    narration: {
      voice: 'sailor',
      words:
        'Ondine the whale had never stolen anything in her life, until she met a lighthouse that looked lonely.',
      format: 'ogg',
    },
  },
  {
    slug: 'snail-express',
    title: 'The Snail Express',
    text: snail,
    type: 'image_to_story',
    ageGroup: '3-5',
    createdAt: '2025-10-12T08:25:00Z',
    child: 'child-clover',
    themes: ['patience', 'travel', 'animals'],
    moral: 'If you go slowly, the way is the treat.',
    characters: [
      { name: 'Sorrel', description: 'a snail who pulls a train' },
      { name: 'the four mice', description: 'passengers with sandwiches' },
    ],
    safetyScore: 0.99,
    cover: { paint: snailCover, format: 'png' },
    narration: {
      voice: 'grandmother',
      words: 'The Snail Express leaves on Monday, and arrives, all being well, on Thursday.',
      format: 'm4a',
    },
  },
  {
    slug: 'good-morning-owl',
    title: 'Good Morning, Owl! 🌞',
    text: owl.map(({ words }) => words).join('\n'),
    type: 'morning_show',
    ageGroup: '3-5',
    createdAt: '2025-10-15T06:45:00+08:00',
    child: 'child-bamboo',
    themes: ['morning', 'music', 'family'],
    moral: 'Everybody has a favourite hour.',
    characters: [
      { name: 'Hob', description: 'an owl who loves mornings' },
      { name: 'Tilly', description: 'his sister, who does not' },
    ],
    safetyScore: 0.98,
    cover: { paint: owlCover, format: 'jpg' },
    lines: owl,
  },
];
