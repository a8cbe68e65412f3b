// Archives written by hand, so that what reads them is tested against the formats and not against
// another library's habits.

import { crc32, deflateRawSync, gzipSync } from "node:zlib";

const u16 = (value) => Buffer.from([value & 255, (value >> 8) & 255]);
const u32 = (value) => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);

/** A zip of deflated entries (APPNOTE 6.3.10). `files` are `{ name, bytes }`. */
export function zip(files) {
  const local = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    // Method 8, UTF-8 names, no time.
    const common = [u16(20), u16(0x0800), u16(8), u32(0), u32(crc32(bytes)), u32(packed.length), u32(bytes.length)];
    const head = Buffer.concat([u32(0x04034b50), ...common, u16(path.length), u16(0), path]);
    local.push(head, packed);
    directory.push(u32(0x02014b50), u16(20), ...common, u16(path.length), u16(0), u16(0), u16(0), u16(0), u32(0), u32(at), path);
    at += head.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = [u32(0x06054b50), u16(0), u16(0), u16(files.length), u16(files.length), u32(central.length), u32(at), u16(0)];
  return Buffer.concat([...local, central, ...end]);
}

/** A tar.gz (POSIX ustar). */
export function tarGz(files) {
  const blocks = [];
  for (const { name, bytes } of files) {
    const head = Buffer.alloc(512);
    const put = (text, offset) => head.write(text, offset, "latin1");
    put(name, 0);
    put("0000644\0", 100);
    put("0000000\0", 108);
    put("0000000\0", 116);
    put(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    put("00000000000\0", 136);
    put("        ", 148);
    put("0", 156);
    put("ustar\0" + "00", 257);
    const sum = head.reduce((total, byte) => total + byte, 0);
    put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    blocks.push(head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
