/**
 * SwiftShader, the software GPU that Chromium brings along, for tests and benchmarks on machines without a GPU: where
 * it is, and what Dawn (WebGPU in Node) needs to find it. Vitest runs `setup` in its main process, as what a worker
 * thread puts into `process.env` does not reach native code.
 */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The folder that holds Chromium's SwiftShader: LANTERN_SWIFTSHADER, or where Linux distributions put it. */
export const swiftShaderFolder = [
  process.env.LANTERN_SWIFTSHADER ?? '',
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
].find((folder) => folder !== '' && existsSync(join(folder, 'vk_swiftshader_icd.json')));

/**
 * The variables of Vulkan's loader that make SwiftShader one of the GPUs, beside those that the machine has.
 *
 * @returns {Record<string, string>} none where there is no SwiftShader, or where the user names drivers
 */
export function softwareVulkanVariables() {
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES, VK_ADD_DRIVER_FILES } = process.env;
  if (!swiftShaderFolder || VK_DRIVER_FILES || VK_ICD_FILENAMES || VK_ADD_DRIVER_FILES) return {};
  return { VK_ADD_DRIVER_FILES: join(swiftShaderFolder, 'vk_swiftshader_icd.json') };
}

/** Sets the variables for this process and those that it starts. Call it in the main thread, before Dawn is loaded. */
export function setup() {
  Object.assign(process.env, softwareVulkanVariables());
}

/**
 * Loads the libvulkan.so.1 that Chromium brings along, for machines without one: Dawn asks for it by that name alone,
 * and gets what is loaded already.
 */
export function loadVulkan() {
  const library = swiftShaderFolder && join(swiftShaderFolder, 'libvulkan.so.1');
  if (process.platform !== 'linux' || !library || !existsSync(library)) return;
  // RTLD_NODELETE of Linux, which Node does not name: the library stays though it is no module of Node.
  const stay = 0x1000;
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY | stay);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('self-register'))) throw error;
  }
}
