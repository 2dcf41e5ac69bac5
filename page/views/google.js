// The end of a journey to Google, as the server's redirect tells it behind the number sign: whoever
// signed in goes on, and whoever proved who they are or linked an account goes back to where they
// were. What went wrong is said in the server's words.

import { element } from "../controls/element.js";
import { notify } from "../controls/notice.js";
import { prove, takeBack } from "../app/reauthenticate.js";
import { send } from "../app/request.js";
import * as router from "../app/router.js";
import { language } from "../app/texts.js";

const doorIntents = ["SIGN_IN", "SIGN_UP"];

export async function show(door) {
  const { words, node, address, common } = door;
  door.setHeading(words.title);
  node.replaceChildren(element("h1", { tabindex: "-1" }, words.waiting));
  const told = new URLSearchParams(address.hash.slice(1));
  const [outcome, intent, challenge] = ["outcome", "intent", "challenge"].map((it) => told.get(it));
  // What stands there is used up, and is in no history.
  history.replaceState(history.state, "", "/google");
  if (challenge) {
    return router.go(`/sign-in#${new URLSearchParams({ challenge })}`, { replace: true });
  }
  const { data } = await send("googleOutcomes");
  const known = data.googleOutcomes.find(({ code }) => code === outcome);
  const text = known?.messages.find((it) => it.language === language())?.text;
  if (outcome === "SECOND_FACTOR_REQUIRED" && intent === "REAUTHENTICATE") {
    await router.go(takeBack("/security"), { replace: true });
    await prove(common, { afterGoogle: true });
    return;
  }
  if (known?.isDone && doorIntents.includes(intent)) {
    return router.go(takeBack("/"), { replace: true });
  }
  if (intent && !doorIntents.includes(intent)) {
    await router.go(takeBack("/security"), { replace: true });
    return notify(text ?? common.problems.other);
  }
  node.replaceChildren(element("h1", { tabindex: "-1" }, words.title),
    element("p", { role: known?.isDone ? "status" : "alert" }, text ?? common.problems.other),
    element("p", {}, element("a", { href: "/sign-in" }, words.again)));
}
