// Lists the mails that the hub would have sent, and shows the one that is chosen. Texts become text
// nodes; a mail's HTML stands in a frame that may do nothing.

const listPath = "/dev/mail/messages";
const refreshMilliseconds = 2000;
const byId = (id) => document.getElementById(id);

let mails = [];
let chosen = null;

function row(mail) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.id = mail.id;
  button.setAttribute("aria-current", String(mail.id === chosen));
  const facts = document.createElement("span");
  facts.textContent = `${mail.to} · ${time(mail)}`;
  button.append(mail.subject, facts);
  button.addEventListener("click", () => choose(mail));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

const time = (mail) => new Date(mail.secondsSince1970 * 1000).toLocaleString();

function choose(mail) {
  chosen = mail.id;
  for (const button of byId("list").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(button.dataset.id === chosen));
  }
  byId("subject").textContent = mail.subject;
  byId("facts").textContent = `To ${mail.to} · ${time(mail)}`;
  byId("text").textContent = mail.text;
  byId("html").src = `${listPath}/${mail.id}`;
  byId("mail").hidden = false;
}

async function refresh() {
  try {
    const answer = await fetch(listPath);
    const latest = (await answer.json()).mails;
    const isNew = latest.length !== mails.length || latest[0]?.id !== mails[0]?.id;
    mails = latest;
    byId("none").hidden = mails.length > 0;
    if (isNew) byId("list").replaceChildren(...mails.map(row));
  } catch {
    // The hub is being started anew; the next time it is there.
  }
  setTimeout(refresh, refreshMilliseconds);
}

refresh();
