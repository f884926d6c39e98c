// electron-updater's own code without Electron, for scripts/try-agents: electron-updater.js ADDRESS STATE
const Module = require("module");
const http = require("http");
const path = require("path");
const [address, state] = process.argv.slice(2);

const electron = {
  app: {},
  net: { request: options => http.request({ ...options, agent: false }) },
  session: { fromPartition: () => ({}) },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === "electron" ? electron : load(name, ...rest));
const { AppImageUpdater } = require("electron-updater");
const { ElectronHttpExecutor } = require("electron-updater/out/electronHttpExecutor");

const app = {
  version: "0.0.1",
  name: "demo",
  isPackaged: true,
  appUpdateConfigPath: path.join(state, "app-update.yml"),
  userDataPath: state,
  baseCachePath: state,
  whenReady: () => Promise.resolve(),
  onQuit: () => {},
  quit: () => {},
  relaunch: () => {},
};
const updater = new AppImageUpdater(null, app);
updater.httpExecutor = new ElectronHttpExecutor();
updater.setFeedURL({ provider: "generic", url: address });
updater.configOnDisk = { value: Promise.resolve({ updaterCacheDirName: "demo-updater" }) };
updater.logger = null;
updater.disableDifferentialDownload = true;
updater.autoInstallOnAppQuit = false;
process.env.APPIMAGE = path.join(state, "demo.AppImage");
updater
  .checkForUpdates()
  .then(result => result.downloadPromise)
  .then(files => console.log("downloaded", files.map(file => path.basename(file)).join()))
  .catch(error => {
    console.error(String(error.message || error));
    process.exit(1);
  });
updater.on("error", () => {});
