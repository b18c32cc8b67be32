const at = (id) => document.getElementById(id);
const show = ({ text, variables }) => {
  at('query').value = text;
  at('variables').value = JSON.stringify(variables, null, 2);
};
const examples = JSON.parse(at('examples').textContent);
for (const example of examples) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = example.title;
  button.onclick = () => show(example);
  document.querySelector('nav').append(button);
}
if (examples.length > 0) show(examples[0]);
async function run() {
  const started = performance.now();
  at('took').textContent = 'running';
  try {
    const token = at('token').value;
    const response = await fetch(location.pathname, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({
        query: at('query').value,
        variables: JSON.parse(at('variables').value || '{}'),
      }),
    });
    at('answer').textContent = JSON.stringify(await response.json(), null, 2);
    at('took').textContent = `${response.status}, ${Math.round(performance.now() - started)} ms`;
  } catch (error) {
    at('answer').textContent = String(error);
    at('took').textContent = 'failed';
  }
}
at('run').onclick = run;
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
});
