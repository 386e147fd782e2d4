// Runs in the browser, in the place of WhatsApp's own page: just enough of its inside for whatsapp-web.js 1.34. Modules by
// `window.require`, a socket with states, collections with events. A test plays the phone through `window.stub`.
window.openStub = (state, version) => {
  const emitter = (own) => {
    const listeners = new Map();
    return Object.assign(own, {
      on(names, listener) {
        for (const name of names.split(' ')) listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      },
      off(name, listener) {
        listeners.set(
          name,
          (listeners.get(name) ?? []).filter((one) => one !== listener),
        );
      },
      emit(name, ...words) {
        for (const listener of listeners.get(name) ?? []) listener(...words);
      },
      heard: (name) => (listeners.get(name) ?? []).length > 0,
    });
  };
  const widOf = (id) => {
    const [user = '', server = ''] = id.split('@');
    return { user, server, _serialized: id, isLid: () => server === 'lid', toString: () => id };
  };
  const model = (raw) => ({ ...raw, serialize: () => ({ ...raw }) });

  const socket = emitter({ state: state.linked ? 'CONNECTED' : 'UNPAIRED', hasSynced: false });
  const messages = (state.history ?? []).map(model);
  const chats = new Map();
  const sent = [];
  const typing = [];

  const chatOf = (id) => {
    const found = chats.get(id);
    if (found !== undefined) return found;
    const own = () => messages.filter((one) => one.id.remote === id);
    const made = {
      id: widOf(id),
      formattedTitle: 'somebody',
      msgs: { getModelsArray: own },
      serialize: () => ({
        id: { ...widOf(id), isLid: undefined, toString: undefined },
        t: Math.max(0, ...own().map((one) => one.t)),
        unreadCount: 0,
      }),
    };
    chats.set(id, made);
    return made;
  };
  for (const message of messages) chatOf(message.id.remote);

  const msg = emitter({
    get: (id) => messages.find((one) => one.id._serialized === id),
    getMessagesById: async () => ({ messages: [] }),
  });
  const me = widOf(`${state.account}@c.us`);
  const modules = {
    WAWebSocketModel: { Socket: socket },
    WAWebCmd: { Cmd: emitter({ refreshQR: () => undefined }) },
    WAWebConnModel: {
      Conn: emitter({ ref: '2@stub', serialize: () => ({ pushname: 'Stub', platform: 'android' }) }),
    },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {},
    WABase64: { encodeB64: () => 'a2V5' },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: 'k' } }) } },
    WAWebSignalStoreApi: {
      waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: 'k' } }) },
    },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
    WAWebUserPrefsMeUser: {
      getMaybeMePnUser: () => ({ user: me.user, server: me.server, _serialized: me._serialized }),
      getMaybeMeLidUser: () => null,
    },
    WAWebCollections: {
      Msg: msg,
      Chat: emitter({
        get: (wid) => chatOf(String(wid._serialized ?? wid)),
        getModelsArray: () => [...chats.values()],
      }),
    },
    WAWebSyncGatingUtils: {},
    WALinkify: { findLinks: () => [], findLink: () => null },
    WAWebWidFactory: { createWid: widOf },
    WAWebApiContact: {
      getCurrentLid: (wid) => widOf(`${wid.user}000@lid`),
      getPhoneNumber: (wid) => widOf(`${wid.user.slice(0, -3)}@c.us`),
    },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WAWebMsgKey: Object.assign(
      function key({ to, id }) {
        Object.assign(this, {
          fromMe: true,
          remote: to._serialized,
          id,
          _serialized: `true_${to._serialized}_${id}`,
        });
      },
      { newId: async () => `3EB0STUB${sent.length + 1}` },
    ),
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebSendMsgChatAction: {
      addAndSendMsgToChat(_chat, message) {
        const raw = {
          ...message,
          id: { ...message.id },
          from: me._serialized,
          to: message.to._serialized,
          ack: 1,
        };
        messages.push(model(raw));
        sent.push({ id: raw.id.id, to: raw.to, text: raw.body });
        msg.emit('add', { ...model(raw), isNewMsg: true });
        return [Promise.resolve(), Promise.resolve({ messageSendResult: 'OK' })];
      },
    },
    WAWebStreamModel: { Stream: { markAvailable: () => undefined, markUnavailable: () => undefined } },
    WAWebUpdateUnreadChatAction: { sendSeen: async () => undefined },
    WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
    WAWebChatStateBridge: { sendChatStateComposing: (id) => void typing.push(String(id)) },
    WAWebDownloadManager: {
      downloadManager: {
        downloadAndMaybeDecrypt: async () => new TextEncoder().encode('the bytes of a photo').buffer,
      },
    },
    WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: () => undefined } },
  };

  window.require = (name) => modules[name];
  window.Debug = { VERSION: version };

  const synced = () => {
    socket.state = 'CONNECTED';
    socket.emit('change:state', socket, 'CONNECTED');
    socket.hasSynced = true;
    socket.emit('change:hasSynced');
  };

  window.stub = {
    /** The phone scans the code. Nobody is as quick as the library, which shows the code a moment before it listens. */
    async link() {
      while (!socket.heard('change:hasSynced')) await new Promise((resolve) => setTimeout(resolve, 20));
      synced();
    },
    sent: () => sent,
    typing: () => typing,
    writes: (raw) => {
      const one = model(raw);
      chatOf(one.id.remote);
      messages.push(one);
      msg.emit('add', { ...one, isNewMsg: true });
    },
    /** In the chat, and of which no event tells. */
    hides: (raw) => {
      const one = model(raw);
      chatOf(one.id.remote);
      messages.push(one);
    },
    edits: (raw) => msg.emit('change:body', model(raw), 'new', 'old'),
    revokes: (raw) => msg.emit('change:type', model(raw)),
    reacts: (raw) => modules.WAWebAddonReactionTableMode.reactionTableMode.bulkUpsert([raw]),
  };
  // A linked page comes up by itself, a moment after the library listens.
  if (state.linked) {
    const wait = setInterval(() => {
      if (window.onAppStateHasSyncedEvent === undefined) return;
      clearInterval(wait);
      setTimeout(synced, 100);
    }, 20);
  }
};
