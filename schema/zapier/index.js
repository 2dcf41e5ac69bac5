// The app of Mi Alegra for the Zapier platform: `zapier push` in this folder publishes it. A
// company connects Zapier in its section Integraciones, which shows the token that the app asks
// for.

"use strict";

const BASE_URL = process.env.MI_ALEGRA_URL || "https://hub.example.com";

const withToken = (request, z, bundle) => {
  request.headers = {
    ...request.headers,
    Authorization: `Bearer ${bundle.authData.token}`,
    Accept: "application/json",
  };
  if (request.body) request.headers["Content-Type"] = "application/json";
  return request;
};

const authentication = {
  type: "custom",
  fields: [
    {
      key: "token",
      label: "API token",
      type: "password",
      required: true,
      helpText: "Mi Alegra shows it once, when you connect Zapier in Integraciones.",
    },
  ],
  test: async (z) => (await z.request({ url: `${BASE_URL}/zapier/me` })).data,
  connectionLabel: "{{companyName}}",
};

const sample = (type, subject, changes) => ({
  id: "evt_0f3a5c1d9b8e47a6c2d4e6f8a0b1c3d5",
  type,
  timestamp: "2026-11-26T14:05:00.000000Z",
  data: {
    companyId: "00000000-0000-4000-8000-0000000000c1",
    cursor: "ev1-0000000000000010a1b2c3d4",
    subject,
    origin: null,
    actor: { kind: "ACCOUNT", id: "00000000-0000-4000-8000-0000000000a1" },
    changes,
  },
});

// Header fields come as the platform gives them: in any case, and with "Http-" before.
const messageID = (headers) => {
  const name = Object.keys(headers).find((key) => /^(http-)?webhook-id$/i.test(key));
  return name && headers[name];
};

const trigger = (key, noun, label, description, example) => ({
  key,
  noun,
  display: { label, description },
  operation: {
    type: "hook",
    performSubscribe: async (z, bundle) => {
      const answer = await z.request({
        url: `${BASE_URL}/zapier/hooks`,
        method: "POST",
        body: { url: bundle.targetUrl, trigger: key },
      });
      return answer.data;
    },
    performUnsubscribe: async (z, bundle) => {
      const id = bundle.subscribeData.id;
      await z.request({ url: `${BASE_URL}/zapier/hooks/${id}`, method: "DELETE" });
      return {};
    },
    perform: (z, bundle) => [
      { id: messageID(bundle.rawRequest.headers), ...bundle.cleanedRequest },
    ],
    performList: async (z) =>
      (await z.request({ url: `${BASE_URL}/zapier/samples/${key}` })).data,
    sample: example,
  },
});

module.exports = {
  version: "1.0.0",
  platformVersion: "17.0.0",
  authentication,
  beforeRequest: [withToken],
  triggers: {
    company: trigger(
      "company", "Company", "Company Changed", "Triggers when the company's data change.",
      sample("company.updated", null, [
        { field: "tradeName", before: "Ejemplar", after: "Ejemplar y Cía." },
      ])),
    profile: trigger(
      "profile", "Profile", "Profile Changed", "Triggers when a person changes their profile.",
      sample("profile.updated", "00000000-0000-4000-8000-0000000000a1", [
        { field: "displayName", before: null, after: "Ana" },
      ])),
    solution: trigger(
      "solution", "Solution", "Solution Changed",
      "Triggers when a solution is activated, changed or deactivated.",
      sample("solution.activated", "invoicing", [
        { field: "plan", before: null, after: "pro" },
        { field: "state", before: null, after: "ACTIVE" },
      ])),
    integration: trigger(
      "integration", "Integration", "Integration Changed",
      "Triggers when an integration is connected, set up, fails or is disconnected.",
      sample("integration.connected", "payu", [
        { field: "state", before: null, after: "CONNECTED" },
      ])),
  },
};
