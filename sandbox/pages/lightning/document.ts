/** The page before its script runs: the frame of a record page. */
export function documentOf(page: {
  user: { id: string; name: string };
  users: { id: string; name: string }[];
  recordId: string;
  /** The app's setup tab instead of the record. */
  isSetup: boolean;
}): string {
  const users = page.users
    .map((user) => `<option value="${plain(user.id)}"${user.id === page.user.id ? ' selected' : ''}>${plain(user.name)}</option>`)
    .join('');
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Opportunity | Lightning</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/lightning/slds.css">
<link rel="stylesheet" href="/lightning/page.css">
<script type="module" src="/lightning/app.js"></script>
</head>
<body data-user="${plain(page.user.id)}" data-record="${plain(page.recordId)}">
<header class="frame-header">
  <span class="frame-app"><span class="frame-dots" aria-hidden="true"></span>Sales</span>
  <nav aria-label="App"><ul><li>Home</li><li${page.isSetup ? '' : ' aria-current="page"'}>Opportunities</li><li>Accounts</li><li>Contacts</li><li${page.isSetup ? ' aria-current="page"' : ''}><a href="/lightning/?page=setup&user=${plain(page.user.id)}">Setup</a></li></ul></nav>
  <button id="play" type="button" class="slds-button slds-button_brand">Play the sample call</button>
  <label class="frame-who">Signed in as <select id="user">${users}</select></label>
</header>
${page.isSetup ? '<main><div id="setup"></div></main>' : recordPage}
<footer class="frame-utility">
  <section id="live-panel" aria-label="Live guidance" hidden></section>
  <button id="live" type="button" aria-expanded="false" aria-controls="live-panel">Live guidance</button>
</footer>
<div id="toast" role="status" aria-live="polite"></div>
</body>
</html>`;
}

const recordPage = `<main>
  <section class="frame-highlights" aria-labelledby="name">
    <div class="frame-title"><span id="record-icon"></span><div><p class="frame-small">Opportunity</p><h1 id="name">…</h1></div></div>
    <dl id="highlights"></dl>
    <ol id="path" aria-label="Stage"></ol>
  </section>
  <div class="frame-columns">
    <div class="frame-side">
      <section class="frame-box" aria-labelledby="details-title"><h2 id="details-title">Details</h2><dl id="details"></dl></section>
      <section class="frame-box" aria-labelledby="contacts-title"><h2 id="contacts-title">Contacts</h2><ul id="contacts"></ul></section>
    </div>
    <div class="middle">
      <div class="frame-box">
        <div role="tablist" aria-label="Record" class="frame-tabs">
          <button type="button" role="tab" id="tab-conversation" aria-controls="panel-conversation" aria-selected="true">Conversation</button>
          <button type="button" role="tab" id="tab-people" aria-controls="panel-people" aria-selected="false" tabindex="-1">People</button>
          <button type="button" role="tab" id="tab-add" aria-controls="panel-add" aria-selected="false" tabindex="-1">Add a call</button>
        </div>
        <div role="tabpanel" id="panel-conversation" aria-labelledby="tab-conversation"></div>
        <div role="tabpanel" id="panel-people" aria-labelledby="tab-people" hidden></div>
        <div role="tabpanel" id="panel-add" aria-labelledby="tab-add" hidden>
          <label class="frame-drop"><span>Drop a recording or a transcript anywhere on this page, or choose a file</span><input id="file" type="file"></label>
        </div>
      </div>
    </div>
    <div class="frame-side">
      <div id="next"></div>
      <section class="frame-box" aria-labelledby="activity-title"><h2 id="activity-title">Activity</h2><ol id="timeline"></ol></section>
    </div>
  </div>
</main>`;

const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
