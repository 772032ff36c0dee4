/**
 * Sends each answer of a Google Form to the hub, signed. The same script works
 * - in the script project of a form (knows edits and the ids of questions; the better choice), and
 * - in the script project of the spreadsheet behind a form.
 *
 * Script properties (Project Settings, Script Properties), never in the sheet or here:
 *   HUB_URL     https://YOUR-HUB/webhooks/<connection>
 *   HUB_SECRET  the webhookSecret of the connection
 * Then run install() once, and grant what it asks for. It runs as whoever installed it.
 *
 * @OnlyCurrentDoc
 */
const TRIES = 3;
const OUTBOX = 'hub_outbox';
const WAITING = 'waiting.';
const CELL = 40000;

/** Creates the triggers. Run it again after a change of the script: it replaces them. */
function install() {
  settings_();
  const form = form_();
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    if (['onHubSubmit', 'drainHubOutbox'].indexOf(trigger.getHandlerFunction()) >= 0) ScriptApp.deleteTrigger(trigger);
  });
  const trigger = ScriptApp.newTrigger('onHubSubmit');
  (form ? trigger.forForm(form) : trigger.forSpreadsheet(SpreadsheetApp.getActiveSpreadsheet())).onFormSubmit().create();
  ScriptApp.newTrigger('drainHubOutbox').timeBased().everyMinutes(10).create();
}

/** The installed trigger: of a form it brings the response, of a spreadsheet the row. */
function onHubSubmit(e) {
  if (e.response) onResponse_(e.source, e.response);
  else onRow_(e);
}

/** Sends what the hub did not take. An installed trigger runs it every ten minutes. */
function drainHubOutbox() {
  const lock = LockService.getScriptLock();
  if (!lock.tryLock(1000)) return;
  try {
    const form = form_();
    if (form) drainResponses_(form);
    else drainRows_(SpreadsheetApp.getActiveSpreadsheet());
  } finally {
    lock.releaseLock();
  }
}

// ---- a form

/** The form that the script belongs to; null in a spreadsheet. */
function form_() {
  try {
    return FormApp.getActiveForm();
  } catch (error) {
    return null;
  }
}

function onResponse_(form, response) {
  const edited = isEdit_(form, response);
  // Where the hub does not take it, the id waits: the answers stay in the form.
  if (send_(responseBody_(form, response, edited)) !== 'taken') {
    PropertiesService.getScriptProperties().setProperty(WAITING + response.getId(), edited ? 'edited' : 'new');
  }
}

function responseBody_(form, response, edited) {
  const submittedAt = response.getTimestamp().toISOString();
  return JSON.stringify({
    schema: 'hub.google_form.submit/1',
    delivery_id: ['form', form.getId(), response.getId(), submittedAt].join(':'),
    form_id: form.getId(),
    form_title: form.getTitle(),
    response_id: response.getId(),
    edited: edited,
    respondent_email: response.getRespondentEmail() || null,
    submitted_at: submittedAt,
    sent_at: new Date().toISOString(),
    answers: response.getItemResponses().map(function (answer) {
      const item = answer.getItem();
      return { item_id: item.getId(), title: item.getTitle(), type: String(item.getType()), value: answer.getResponse() };
    }),
  });
}

/** Whether this response was seen before with another time. Only forms that can be edited are remembered, up to some ten thousand responses. */
function isEdit_(form, response) {
  if (!form.canEditResponse()) return false;
  const seen = PropertiesService.getDocumentProperties();
  const key = hex_(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, response.getId())).slice(0, 12);
  const time = response.getTimestamp().getTime().toString(36);
  const before = seen.getProperty(key);
  try {
    seen.setProperty(key, time);
  } catch (error) {
    console.warn('Edits of new responses are no longer recognised: ' + error.message);
  }
  return before !== null && before !== time;
}

function drainResponses_(form) {
  const properties = PropertiesService.getScriptProperties();
  const waiting = properties.getProperties();
  Object.keys(waiting).filter(function (key) { return key.indexOf(WAITING) === 0; }).every(function (key) {
    let response = null;
    try {
      response = form.getResponse(key.slice(WAITING.length));
    } catch (error) {
      console.warn('A waiting response was deleted: ' + error.message);
    }
    const outcome = response ? send_(responseBody_(form, response, waiting[key] === 'edited')) : 'taken';
    if (outcome === 'taken') properties.deleteProperty(key);
    return outcome !== 'away';
  });
}

// ---- a spreadsheet

function onRow_(e) {
  const body = rowBody_(e);
  // Rows move when others are sorted or deleted, so the whole body waits.
  if (send_(body) !== 'taken') outbox_(e.range.getSheet().getParent(), true).appendRow(cells_(body));
}

function rowBody_(e) {
  const range = e.range;
  const sheet = range.getSheet();
  const book = sheet.getParent();
  // Not e.values: after an edit they are blank where nothing was changed.
  const values = range.getDisplayValues()[0];
  const time = range.getValues()[0][0];
  const digest = hex_(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, JSON.stringify(values), Utilities.Charset.UTF_8));
  return JSON.stringify({
    schema: 'hub.sheet.form_submit/1',
    delivery_id: ['sheet', book.getId(), sheet.getSheetId(), range.getRow(), digest].join(':'),
    trigger_uid: e.triggerUid,
    spreadsheet_id: book.getId(),
    sheet_id: sheet.getSheetId(),
    sheet_name: sheet.getName(),
    row: range.getRow(),
    range_a1: range.getA1Notation(),
    time_zone: book.getSpreadsheetTimeZone(),
    locale: book.getSpreadsheetLocale(),
    submitted_at: Object.prototype.toString.call(time) === '[object Date]' ? time.toISOString() : null,
    sent_at: new Date().toISOString(),
    headers: sheet.getRange(1, range.getColumn(), 1, range.getNumColumns()).getDisplayValues()[0],
    values: values,
  });
}

function drainRows_(book) {
  const sheet = outbox_(book, false);
  if (!sheet) return;
  for (let row = 2; row <= sheet.getLastRow();) {
    const cells = sheet.getRange(row, 1, 1, sheet.getLastColumn()).getValues()[0];
    const outcome = send_(text_(cells));
    if (outcome === 'away') return;
    if (outcome === 'taken') sheet.deleteRow(row);
    else row++;
  }
}

function outbox_(book, create) {
  const found = book.getSheetByName(OUTBOX);
  if (found || !create) return found;
  const made = book.insertSheet(OUTBOX);
  made.appendRow(['Answers that wait for the hub. Leave this sheet alone.']);
  return made.hideSheet();
}

// In base64, with a letter before it, no cell looks like a formula or a number.
function cells_(body) {
  return Utilities.base64Encode(body, Utilities.Charset.UTF_8).match(new RegExp('.{1,' + CELL + '}', 'g')).map(function (part) { return 'b' + part; });
}

function text_(cells) {
  const encoded = cells.map(function (cell) { return String(cell).slice(1); }).join('');
  return Utilities.newBlob(Utilities.base64Decode(encoded)).getDataAsString('UTF-8');
}

// ---- the hub

/** Sends a body: 'taken'; 'refused', where the hub wants another secret or another body; 'away', where it can't be reached or asks to wait. */
function send_(body) {
  let outcome = 'away';
  for (let attempt = 0; attempt < TRIES && outcome === 'away'; attempt++) {
    if (attempt > 0) Utilities.sleep(1000 * Math.pow(4, attempt));
    outcome = sendOnce_(body);
  }
  return outcome;
}

function sendOnce_(body) {
  try {
    const settings = settings_();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const status = UrlFetchApp.fetch(settings.url, {
      method: 'post',
      contentType: 'application/json; charset=utf-8',
      headers: { 'X-Hub-Timestamp': timestamp, 'X-Hub-Signature': 'sha256=' + signature_(timestamp, body, settings.secret) },
      payload: body,
      followRedirects: false,
      muteHttpExceptions: true,
    }).getResponseCode();
    if (status >= 200 && status < 300) return 'taken';
    console.warn('The hub answered ' + status + '.');
    return status >= 400 && status < 500 && status !== 429 ? 'refused' : 'away';
  } catch (error) {
    console.warn('The hub could not be reached: ' + error.message);
    return 'away';
  }
}

function signature_(timestamp, body, secret) {
  return hex_(Utilities.computeHmacSha256Signature(timestamp + '.' + body, secret, Utilities.Charset.UTF_8));
}

// Apps Script's bytes run from -128 to 127.
function hex_(bytes) {
  return bytes.map(function (byte) { return ('0' + (byte & 0xff).toString(16)).slice(-2); }).join('');
}

function settings_() {
  const properties = PropertiesService.getScriptProperties();
  const settings = { url: properties.getProperty('HUB_URL'), secret: properties.getProperty('HUB_SECRET') };
  if (!settings.url || !settings.secret) throw new Error('Set the script properties HUB_URL and HUB_SECRET.');
  return settings;
}
