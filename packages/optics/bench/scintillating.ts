/** Scintillation that the reference detectors' own files do not have: 400 photons/MeV, 5 ns, the spectrum of their shifter. */
const define = [
  ['BENCH_YIELD', 400],
  ['BENCH_TIME', 5],
  ['BENCH_ONE', 1],
]
  .map(([name, value]) => `<matrix name="${name}" coldim="1" values="${value}"/>`)
  .join('');

const properties = [
  ['SCINTILLATIONCOMPONENT1', 'WLSEM'],
  ['SCINTILLATIONYIELD', 'BENCH_YIELD'],
  ['SCINTILLATIONTIMECONSTANT1', 'BENCH_TIME'],
  ['RESOLUTIONSCALE', 'BENCH_ONE'],
]
  .map(([name, ref]) => `<property name="${name}" ref="${ref}"/>`)
  .join('');

/** The GDML text of scintball or bigball, whose scintillator now scintillates. */
export function scintillating(gdml: string): string {
  return gdml
    .replace('</define>', `${define}</define>`)
    .replace(/(<material name="LS".*?)(<\/material>)/s, `$1${properties}$2`);
}
