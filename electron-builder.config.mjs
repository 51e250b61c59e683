// Packages of the kiosk: `npm run package -- --linux deb`. What goes in is the build and SQLite's binary of the platform;
// nothing is rebuilt. docs/kiosk.md says how to do it without internet.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

// An Electron that is already on this machine; its own version file says which one it is.
const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH
const local = electronDist
  ? {
      electronDist,
      electronVersion: readFileSync(join(electronDist, 'version'), 'utf8').trim().replace(/^v/, ''),
    }
  : {}

// Debian's p7zip-full, in the place of a download.
if (!process.env.ELECTRON_BUILDER_7ZIP_PATH && existsSync('/usr/bin/7za'))
  process.env.ELECTRON_BUILDER_7ZIP_PATH = '/usr/bin/7za'

export default {
  ...local,
  appId: 'org.lineside.board',
  productName: 'lineside',
  executableName: 'lineside',
  artifactName: 'lineside-${version}-${os}-${arch}.${ext}',
  directories: { output: 'release' },
  files: [
    'dist/app/**',
    'dist/preload/**',
    'dist/renderer/**',
    'package.json',
    '!node_modules/**',
    'node_modules/better-sqlite3/{package.json,LICENSE,lib/**}',
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
  ],
  extraMetadata: { scripts: {}, devDependencies: {}, dependencies: {} },
  npmRebuild: false,
  // Whose updates the device takes: a PEM file named when the package is made.
  extraResources: [
    { from: 'assets/device/lineside-launch', to: 'lineside-launch' },
    ...(process.env.LINESIDE_UPDATE_KEY
      ? [{ from: process.env.LINESIDE_UPDATE_KEY, to: 'update-key.pem' }]
      : []),
  ],
  // Electron's own sample app.
  afterPack: ({ appOutDir }) => rmSync(join(appOutDir, 'resources/default_app.asar'), { force: true }),
  electronLanguages: ['en-US'],
  // What a release may never do, whatever its environment or command line says.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  },
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64', 'arm64'] },
      { target: 'deb', arch: ['x64', 'arm64'] },
      { target: 'tar.gz', arch: ['x64', 'arm64'] },
    ],
    category: 'Office',
    icon: 'assets/icons',
    synopsis: 'Andon board of a production line',
    maintainer: 'Lineside <lineside@localhost>',
    desktop: { entry: { Name: 'Lineside', Comment: 'Andon board of a production line', Terminal: 'false' } },
  },
  deb: {
    packageCategory: 'misc',
    // For a service of the user and for a desktop's autostart; neither is switched on by the installation.
    fpm: [
      'assets/device/lineside.service=/usr/lib/systemd/user/lineside.service',
      'assets/device/lineside-cage.service=/usr/share/doc/lineside/examples/lineside-cage.service',
      'assets/device/lineside-autostart.desktop=/usr/share/doc/lineside/examples/lineside-autostart.desktop',
      'assets/example/plant.yaml=/usr/share/doc/lineside/examples/plant.yaml',
    ],
  },
  win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }], icon: 'assets/icons/512x512.png' },
  nsis: {
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    runAfterFinish: false,
  },
}
