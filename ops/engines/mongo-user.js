// Run once, when the volume is empty: Relevo's account, which may do what it likes in its own database and nothing elsewhere.
db.getSiblingDB('relevo').createUser({
  user: 'relevo',
  // biome-ignore lint/style/noProcessEnv: run by MongoDB's shell, far from Relevo's settings.
  pwd: process.env.MONGO_PASSWORD,
  roles: [{ role: 'readWrite', db: 'relevo' }],
});
