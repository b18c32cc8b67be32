import { isPrivateAddress, receiverUrl, Sender } from '../../src/webhooks/receiver.js';
import { startReceiver } from './test-receiver.js';

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'nonsense',
])('%s is of a private network', (address) => expect(isPrivateAddress(address)).toBe(true));

it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])('%s is public', (address) =>
  expect(isPrivateAddress(address)).toBe(false),
);

it('reads an address as a client would, however it is written', () => {
  for (const host of ['2130706433', '0x7f000001', '127.1', '[::ffff:7f00:1]', '0'])
    expect(receiverUrl(false).safeParse(`http://${host}/`).success).toBe(false);
  expect(receiverUrl(true).safeParse('http://127.0.0.1/').success).toBe(true);
});

it('looks up what a name stands for before it connects', async () => {
  const receiver = await startReceiver();
  const sender = new Sender(false);
  const never = new AbortController().signal;
  const message = { url: `http://localhost:${receiver.port}/`, body: '{}', headers: {} };
  await expect(sender.send(message, never)).rejects.toThrow('an address of a private network');
  await expect(sender.send({ ...message, url: receiver.url }, never)).rejects.toThrow('private network');
  expect(receiver.asked()).toBe(0);
  sender.close();
  await receiver.close();
});

it('gives up after its time', async () => {
  const receiver = await startReceiver(() => null);
  const sender = new Sender(true, 100);
  const body = JSON.stringify({
    ...{ id: 'x', type: 't', subject: 's', data: { id: 'x', cursor: 'c', node_id: 's', after: null } },
  });
  const message = { url: receiver.url, body, headers: {} };
  await expect(sender.send(message, new AbortController().signal)).rejects.toThrow('no answer within 0.1 s');
  sender.close();
  await receiver.close();
});
