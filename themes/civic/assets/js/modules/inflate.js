// Unpacks an index where a browser cannot. Asked for only there.
/*! fflate, copyright 2023 Arjun Barrett, MIT License */
export { unzlibSync as inflate } from "fflate";
