// The map of a table, asked for when a reader wants it.
/*! Leaflet, copyright 2010-2023 Volodymyr Agafonkin, 2010-2011 CloudMade, BSD 2-Clause; PMTiles, copyright Protomaps, BSD 3-Clause */
export { CityMap as Part } from "../explorer/map/map.js";
