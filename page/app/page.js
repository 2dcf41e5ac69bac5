// What a section works with: its words, who is signed in, and how it asks, changes and says.

import { notify } from "../controls/notice.js";
import { ask, change } from "./client.js";
import { changeWithProof, prove } from "./reauthenticate.js";
import { setUnsaved } from "./router.js";
import { wordsOf } from "./texts.js";

/** What `make` of a section is given. */
export function makePage({ section, words, common, here, codes, query, address, redisplay }) {
  let update = () => {};
  const page = {
    words, common, here, codes, address, change, notify, setUnsaved, redisplay,
    isAdministrator: here.memberships?.find(({ isCurrent }) => isCurrent)?.role === "administrator",
    /** A change that may ask who the person is first; null where they did not say. */
    changeWithProof: (name, input) => changeWithProof(common, name, input),
    /** The section's words in the language that the page speaks by now. */
    wordsNow: () => wordsOf(section),
    /** Before what asks for something else as well: one thing after the other. */
    prove: () => prove(common),
    updateWith(given) { update = given; },
    /** Asks anew and shows what changed; what somebody is typing in stays. */
    refresh: () => page.attempt(async () => {
      const { data } = await ask(query, { shell: false });
      update(data);
    }),
    /** What is thrown, as a sentence. */
    sentence: (problem) => common.problems[problem.code] ?? common.problems.other,
    /** Does what a button stands for; what goes wrong is said. */
    async attempt(work) {
      try {
        await work();
      } catch (problem) {
        if (!problem.code) throw problem;
        if (problem.code === "UNAUTHENTICATED") return;
        notify(page.sentence(problem));
      }
    },
  };
  return page;
}
